package io.omsbatch.core.internal.switchover;

import io.omsbatch.api.engine.Control;
import io.omsbatch.api.engine.Control.Target;
import io.omsbatch.api.engine.ControlAnswer;
import io.omsbatch.api.engine.ControlAnswer.Refusal;
import io.omsbatch.api.journal.JournalRecord;
import io.omsbatch.api.journal.Subject;
import io.omsbatch.api.operation.Actor;
import io.omsbatch.api.outcome.Problem;
import io.omsbatch.api.outcome.Waiver;
import io.omsbatch.api.switchover.Invariant;
import io.omsbatch.api.switchover.SwitchoverAction;
import io.omsbatch.api.task.SwitchoverDirection;
import io.omsbatch.api.task.SwitchoverStep;
import io.omsbatch.api.task.TaskRef;
import io.omsbatch.core.internal.durable.Answers;
import io.omsbatch.core.internal.durable.HeldBack;
import io.omsbatch.core.internal.run.Phase;
import io.omsbatch.core.internal.run.Recorded;
import io.omsbatch.core.internal.run.RunExecution;
import io.omsbatch.core.internal.run.RunLedger;
import io.omsbatch.core.internal.run.TaskEntry;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What an operator may do to tasks of a running switchover (RUN-12, SW-2, SW-3, SW-11). */
public final class Controls {

    /** What may be done to a paused run, because it begins nothing. */
    private static final Set<SwitchoverAction> STANDING_STILL =
            EnumSet.of(SwitchoverAction.EJECT, SwitchoverAction.LEAVE, SwitchoverAction.ABORT);

    private final RunExecution execution;
    private final RunLedger ledger;
    private final Map<TaskRef, TaskEntry> byRef = new HashMap<>();
    private final Consents consents;

    /**
     * Creates the controls of a run.
     *
     * @param execution carries out the run
     */
    public Controls(RunExecution execution) {
        this.execution = execution;
        this.ledger = execution.ledger();
        this.consents = new Consents(
                ledger.parts().environment(),
                ledger.parts().settings().switchover().gates());
        ledger.entries().forEach(entry -> byRef.put(entry.ref(), entry));
    }

    /**
     * Acts on tasks.
     *
     * @param control what to do
     * @param command the command of the inbox by which it came, or null
     * @return what came of it
     */
    public ControlAnswer act(Control control, @Nullable String command) {
        List<TaskEntry> chosen;
        Set<TaskEntry> held;
        Actor firstBy;
        ledger.lock().lock();
        try {
            if (!ledger.life().running()) {
                return new ControlAnswer.Refused(Refusal.NOT_RUNNING, "the run is not running any more");
            }
            if (ledger.orders().paused() && !STANDING_STILL.contains(control.action())) {
                return new ControlAnswer.Refused(Refusal.PAUSED, "the run is paused; resume it first");
            }
            chosen = choose(control);
            ControlAnswer refusal = refusal(control, chosen);
            if (refusal != null) {
                return refusal;
            }
            firstBy = consents.use(control);
            held = chosen.stream().filter(entry -> alone(control, entry)).collect(Collectors.toUnmodifiableSet());
            held.forEach(TaskEntry::hold);
        } finally {
            ledger.lock().unlock();
        }
        ControlAnswer done =
                new ControlAnswer.Accepted(chosen.stream().map(TaskEntry::ref).collect(Collectors.toUnmodifiableSet()));
        List<JournalRecord> answer = command == null
                ? List.of()
                : List.of(Answers.record(ledger.parts().environment().clock().instant(), command, done));
        Instant now = ledger.parts().environment().clock().instant();
        return carryOut(new Said(control, firstBy, now), answer, chosen, held).or(done);
    }

    /** What goes well with whatever a task is at; all else, and that with a task at rest, goes with nothing. */
    private static boolean alone(Control control, TaskEntry entry) {
        return !control.action().atAnyTime() || entry.phase().atRest();
    }

    private List<TaskEntry> choose(Control control) {
        List<TaskEntry> chosen = new ArrayList<>();
        if (control.target() instanceof Target.Tasks tasks) {
            for (TaskRef ref : tasks.refs()) {
                TaskEntry entry = byRef.get(ref);
                if (entry != null && entry.phase() != Phase.ENDED) {
                    chosen.add(entry);
                }
            }
            return chosen;
        }
        int lane = ((Target.WholeLane) control.target()).number();
        for (TaskEntry entry : ledger.entries()) {
            if (BoardView.inLane(entry, lane)
                    && entry.row().step() == control.step()
                    && offered(entry).contains(control.action())) {
                chosen.add(entry);
            }
        }
        return chosen;
    }

    private @Nullable ControlAnswer refusal(Control control, List<TaskEntry> chosen) {
        if (control.boardVersion() > ledger.version()) {
            return new ControlAnswer.Refused(
                    Refusal.BOARD_CHANGED,
                    "there was no board " + control.boardVersion() + " of this run; the newest is " + ledger.version()
                            + ": look again");
        }
        if (control.target() instanceof Target.WholeLane lane && chosen.isEmpty()) {
            return new ControlAnswer.Refused(
                    Refusal.NOT_OFFERED,
                    control.action().title() + " at \"" + control.step().title(direction())
                            + "\" is open for no task of lane " + lane.number() + "; look at the board again");
        }
        if (control.target() instanceof Target.Tasks tasks
                && chosen.size() < tasks.refs().size()) {
            return new ControlAnswer.Refused(
                    Refusal.NO_SUCH_TASK,
                    "of the named tasks " + chosen.size() + " are in the run and can be acted on at \""
                            + control.step().title(direction()) + "\"; look at the board again");
        }
        for (TaskEntry entry : chosen) {
            if (entry.row().step() != control.step()) {
                return new ControlAnswer.Refused(
                        Refusal.OTHER_STEP,
                        entry.ref() + " is at \"" + entry.row().name() + "\", not at \"" + control.step() + "\"");
            }
            if (entry.member().changedAt > control.boardVersion()) {
                return new ControlAnswer.Refused(
                        Refusal.BOARD_CHANGED,
                        entry.ref() + " changed at board " + entry.member().changedAt + ", after the board "
                                + control.boardVersion() + " that was seen; look again");
            }
            if (!offered(entry).contains(control.action())) {
                return new ControlAnswer.Refused(
                        Refusal.NOT_OFFERED,
                        control.action().title() + " is not open for " + entry.ref() + ", which is "
                                + BoardView.standing(entry).state() + "; open are " + offered(entry));
            }
        }
        return consents.missing(control, chosen);
    }

    private SwitchoverDirection direction() {
        return ledger.record().plan().request().operation().kind().direction();
    }

    private Set<SwitchoverAction> offered(TaskEntry entry) {
        return BoardView.offered(ledger, entry);
    }

    /**
     * What is carried out.
     *
     * @param control what to do
     * @param firstBy who asked for it first; the same actor unless two persons were needed
     * @param at when
     */
    private record Said(Control control, Actor firstBy, Instant at) {}

    private Recorded carryOut(Said said, List<JournalRecord> answer, List<TaskEntry> chosen, Set<TaskEntry> held) {
        Control control = said.control;
        return switch (control.action()) {
            case CONFIRM, MARK, RETRY ->
                execution.interventions().control(answer, chosen, entry -> sayings(said, entry), entry -> {
                    entry.member().actor = control.actor();
                    entry.member().setOffAt = said.at;
                    Invariant accepted = acceptedBy(entry);
                    if (accepted != null) {
                        waive(entry, accepted, said);
                    }
                    boolean forward = !entry.row().undoes();
                    execution
                            .interventions()
                            .setOff(entry, forward && control.step() == SwitchoverStep.CONFIRM_WRITES_STOPPED);
                });
            case SKIP ->
                execution
                        .interventions()
                        .control(answer, chosen, entry -> List.of(said(said, entry), waiver(said, entry)), entry -> {
                            entry.member().actor = control.actor();
                            entry.member().setOffAt = said.at;
                            entry.member().skipping = true;
                            waive(entry, Consents.waives(entry), said);
                            execution.interventions().setOff(entry, false);
                        });
            case EJECT -> execution.interventions().eject(answer, chosen, held, entry -> List.of(said(said, entry)));
            case LEAVE ->
                execution
                        .interventions()
                        .leave(
                                answer,
                                chosen,
                                entry -> List.of(said(said, entry)),
                                entry -> entry.left(control.reason()));
            case OPEN_TARGET ->
                execution.interventions().declareOpen(answer, chosen, entry -> List.of(said(said, entry)));
            case ABORT -> execution.interventions().abort(answer, chosen, held, entry -> List.of(said(said, entry)));
        };
    }

    private JournalRecord said(Said said, TaskEntry entry) {
        return record(JournalRecord.Kind.CONTROL, said.control.action().name(), said, entry);
    }

    private List<JournalRecord> sayings(Said said, TaskEntry entry) {
        JournalRecord told = said(said, entry);
        Invariant accepted = acceptedBy(entry);
        return accepted == null
                ? List.of(told)
                : List.of(told, record(JournalRecord.Kind.WAIVER, accepted.name(), said, entry));
    }

    /** To try again although a step was held back is to accept why it was, by name (SW-9). */
    private static @Nullable Invariant acceptedBy(TaskEntry entry) {
        Problem problem = entry.problem();
        return problem == null ? null : HeldBack.acceptedBy(problem.code());
    }

    private static void waive(TaskEntry entry, Invariant rule, Said said) {
        entry.member()
                .waive(new Waiver(entry.ref(), rule.name(), said.control.actor(), said.control.reason(), said.at));
    }

    private JournalRecord waiver(Said said, TaskEntry entry) {
        return record(JournalRecord.Kind.WAIVER, Consents.waives(entry).name(), said, entry);
    }

    private static JournalRecord record(JournalRecord.Kind kind, String code, Said said, TaskEntry entry) {
        Map<String, String> detail = new HashMap<>();
        detail.put("actor", said.control.actor().name());
        detail.put("reason", said.control.reason());
        detail.put("board", Long.toString(said.control.boardVersion()));
        if (!said.firstBy.equals(said.control.actor())) {
            detail.put("first", said.firstBy.name());
        }
        return new JournalRecord(
                said.at, kind, new Subject(entry.ref(), entry.row().name(), 0), code, detail);
    }
}
