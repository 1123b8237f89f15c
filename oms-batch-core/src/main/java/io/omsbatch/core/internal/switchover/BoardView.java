package io.omsbatch.core.internal.switchover;

import io.omsbatch.api.gateway.GatewayCapability;
import io.omsbatch.api.switchover.BoardTask;
import io.omsbatch.api.switchover.StepStanding;
import io.omsbatch.api.switchover.SwitchoverAction;
import io.omsbatch.api.switchover.SwitchoverBoard;
import io.omsbatch.api.switchover.SwitchoverBoard.LaneBoard;
import io.omsbatch.api.task.SwitchoverStep;
import io.omsbatch.core.internal.run.Phase;
import io.omsbatch.core.internal.run.RunLedger;
import io.omsbatch.core.internal.run.TaskEntry;
import io.omsbatch.core.internal.step.LaneMember;
import io.omsbatch.core.internal.step.LaneState;
import io.omsbatch.core.internal.step.TakingBack;
import io.omsbatch.core.workflow.StepSpec;
import io.omsbatch.core.workflow.StepTable;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;

/** Takes the snapshot of a running switchover that an operator looks at. */
public final class BoardView {

    private BoardView() {}

    /**
     * Takes the snapshot.
     *
     * @param ledger what is true of the run
     * @return the snapshot
     */
    public static SwitchoverBoard of(RunLedger ledger) {
        Instant now = ledger.parts().environment().clock().instant();
        ledger.lock().lock();
        try {
            Map<Integer, List<BoardTask>> tasks = new TreeMap<>();
            for (TaskEntry entry : ledger.entries()) {
                if (entry.inSwitchover()) {
                    tasks.computeIfAbsent(entry.member().lane().lane().number(), lane -> new ArrayList<>())
                            .add(task(ledger, entry));
                }
            }
            List<LaneBoard> lanes = new ArrayList<>();
            for (LaneState lane : ledger.lanes()) {
                lanes.add(new LaneBoard(
                        lane.lane(), tasks.getOrDefault(lane.lane().number(), List.of())));
            }
            return new SwitchoverBoard(ledger.record().runId(), ledger.version(), now, lanes);
        } finally {
            ledger.lock().unlock();
        }
    }

    static boolean inLane(TaskEntry entry, int lane) {
        return entry.inSwitchover()
                && entry.phase() != Phase.ENDED
                && entry.member().lane().lane().number() == lane;
    }

    /** Returns how the current step of a task stands. */
    static StepStanding standing(TaskEntry entry) {
        return new StepStanding(step(entry.row()), entry.standing(), entry.since(), waitsFor(entry));
    }

    /** Returns what an operator can do to a task now. */
    static Set<SwitchoverAction> offered(RunLedger ledger, TaskEntry entry) {
        StepStanding.State state = standing(entry).state();
        boolean changing = entry.busy() && state != StepStanding.State.RUNNING;
        if (entry.phase() == Phase.ENDED || changing) {
            return Set.of();
        }
        Set<SwitchoverAction> open = new HashSet<>(StepTable.offered(entry.row(), state));
        LaneMember member = entry.member();
        boolean undoes = ledger.parts().capabilities().has(GatewayCapability.UNDO);
        if (member.pastReturn || member.aborting || !undoes) {
            open.remove(SwitchoverAction.ABORT);
        }
        if (member.pastReturn || member.aborting) {
            open.remove(SwitchoverAction.OPEN_TARGET);
        }
        return open;
    }

    private static String waitsFor(TaskEntry entry) {
        return entry.phase() == Phase.HELD
                ? entry.member().lane().missing() + " more of its lane to be marked"
                : entry.waitsFor();
    }

    private static BoardTask task(RunLedger ledger, TaskEntry entry) {
        StepStanding current = standing(entry);
        boolean ended = entry.phase() == Phase.ENDED;
        List<StepStanding> steps = new ArrayList<>();
        TakingBack back = entry.member().takingBack;
        for (StepSpec row : back == null ? entry.rows() : back.taken()) {
            StepStanding over = entry.member().over().get(step(row));
            if (!ended && step(row) == current.step()) {
                steps.add(current);
            } else {
                steps.add(over != null ? over : untouched(entry, row));
            }
        }
        Set<SwitchoverAction> actions = entry.busy() ? Set.of() : offered(ledger, entry);
        return new BoardTask(
                entry.ref(),
                entry.name(),
                steps,
                ended ? null : current,
                entry.member().snapshot,
                ended ? BoardTask.Course.PLAIN : course(ledger, entry.member()),
                actions);
    }

    private static BoardTask.Course course(RunLedger ledger, LaneMember member) {
        Instant since = member.frozen() ? member.frozenSince : null;
        return new BoardTask.Course(
                member.alone(),
                since == null
                        ? null
                        : new BoardTask.Freeze(since, since.plus(ledger.freeze().limit())));
    }

    /** A step that this run did nothing for: it was over before the run, or the platform went past it by itself, or is not reached. */
    private static StepStanding untouched(TaskEntry entry, StepSpec row) {
        boolean before = step(row).compareTo(step(entry.row())) < 0;
        return new StepStanding(step(row), before ? StepStanding.State.DONE : StepStanding.State.PENDING, null, "");
    }

    private static SwitchoverStep step(StepSpec row) {
        return Objects.requireNonNull(row.step(), "only a switchover has a board");
    }
}
