package io.omsbatch.core.internal.run;

import io.omsbatch.api.operation.Actor;
import io.omsbatch.api.switchover.SwitchoverAction;
import io.omsbatch.core.internal.durable.Records;
import io.omsbatch.core.internal.step.LaneMember;
import io.omsbatch.core.internal.step.LaneState;
import java.util.List;
import java.util.Set;

/** Lets the engine itself eject those who hold their lanes up at the barrier (SW-3). Guarded by the run's lock. */
final class Stragglers {

    /** Who acts where no person does. */
    static final Actor ENGINE = new Actor("oms-batch");

    private final RunLedger ledger;
    private final Moves moves;

    Stragglers(RunLedger ledger, Moves moves) {
        this.ledger = ledger;
        this.moves = moves;
    }

    /** Returns the changes that make those go on alone for whom others of these lanes wait. */
    List<Turn> ejected(Set<LaneState> lanes, String why) {
        return lanes.isEmpty()
                ? List.of()
                : ledger.entries().stream()
                        .filter(entry -> holdsUp(entry, lanes))
                        .map(entry -> acts(entry, SwitchoverAction.EJECT, why, () -> moves.eject(entry)))
                        .toList();
    }

    private static boolean holdsUp(TaskEntry entry, Set<LaneState> lanes) {
        LaneMember member = entry.memberOrNull();
        return member != null
                && lanes.contains(member.lane())
                && !member.alone()
                && !member.throughBarrier()
                && entry.phase() != Phase.HELD
                && entry.phase() != Phase.ENDED;
    }

    /** What the engine does itself goes well with whatever somebody is doing to the task. */
    Turn acts(TaskEntry entry, SwitchoverAction action, String why, Runnable change) {
        return new Turn(
                entry,
                List.of(Records.acted(ledger.now(), entry.subject(), action, ENGINE, why, ledger.version())),
                List.of(),
                false,
                change);
    }
}
