package io.omsbatch.core.internal.switchover;

import io.omsbatch.api.engine.Control;
import io.omsbatch.api.engine.Control.Target;
import io.omsbatch.api.engine.ControlAnswer;
import io.omsbatch.api.engine.ControlAnswer.Refusal;
import io.omsbatch.api.journal.JournalRecord;
import io.omsbatch.api.journal.Subject;
import io.omsbatch.api.outcome.Problem;
import io.omsbatch.api.outcome.Waiver;
import io.omsbatch.api.switchover.Invariant;
import io.omsbatch.api.switchover.SwitchoverAction;
import io.omsbatch.api.task.SwitchoverStep;
import io.omsbatch.api.task.TaskRef;
import io.omsbatch.core.internal.durable.Answers;
import io.omsbatch.core.internal.durable.FreezeHold;
import io.omsbatch.core.internal.run.Phase;
import io.omsbatch.core.internal.run.Recorded;
import io.omsbatch.core.internal.run.RunExecution;
import io.omsbatch.core.internal.run.RunLedger;
import io.omsbatch.core.internal.run.TaskEntry;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What an operator may do to tasks of a running switchover (RUN-12, SW-2, SW-3, SW-11). */
public final class Controls {

    private static final int MOST_CONSENTS = 100;

    /** What may be done to a paused run, because it begins nothing. */
    private static final Set<SwitchoverAction> STANDING_STILL =
            EnumSet.of(SwitchoverAction.EJECT, SwitchoverAction.LEAVE, SwitchoverAction.ABORT);

    private final RunExecution execution;
    private final RunLedger ledger;
    private final Map<TaskRef, TaskEntry> byRef = new HashMap<>();
    private final Map<String, Control> consents = new LinkedHashMap<>();

    /**
     * Creates the controls of a run.
     *
     * @param execution carries out the run
     */
    public Controls(RunExecution execution) {
        this.execution = execution;
        this.ledger = execution.ledger();
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
        return carryOut(control, answer, chosen, held).or(done);
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
                    control.action().title() + " at \"" + control.step().title() + "\" is open for no task of lane "
                            + lane.number() + "; look at the board again");
        }
        if (control.target() instanceof Target.Tasks tasks
                && chosen.size() < tasks.refs().size()) {
            return new ControlAnswer.Refused(
                    Refusal.NO_SUCH_TASK,
                    "of the named tasks " + chosen.size() + " are in the run and can be acted on at \""
                            + control.step().title() + "\"; look at the board again");
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
        return consentMissing(control, chosen.get(0));
    }

    private Set<SwitchoverAction> offered(TaskEntry entry) {
        return BoardView.offered(ledger, entry);
    }

    private @Nullable ControlAnswer consentMissing(Control control, TaskEntry entry) {
        if (control.action() != SwitchoverAction.SKIP
                || !entry.row().onFailure().askTwice()) {
            return null;
        }
        Control plain = new Control(
                control.action(),
                control.step(),
                control.target(),
                control.boardVersion(),
                control.actor(),
                control.reason(),
                null);
        if (control.consent() != null) {
            return plain.equals(consents.remove(control.consent()))
                    ? null
                    : new ControlAnswer.Refused(
                            Refusal.WRONG_CONSENT, "the consent was not handed out for this action; ask again");
        }
        String token = ledger.parts().environment().newId();
        if (consents.size() >= MOST_CONSENTS) {
            consents.remove(consents.keySet().iterator().next());
        }
        consents.put(token, plain);
        return new ControlAnswer.ConsentNeeded(
                token,
                "skipping \"" + control.step().title() + "\": " + waives(entry).consequence());
    }

    private Recorded carryOut(
            Control control, List<JournalRecord> answer, List<TaskEntry> chosen, Set<TaskEntry> held) {
        Instant now = ledger.parts().environment().clock().instant();
        return switch (control.action()) {
            case CONFIRM, MARK, RETRY ->
                execution.interventions().control(answer, chosen, entry -> sayings(control, entry, now), entry -> {
                    entry.member().actor = control.actor();
                    Invariant accepted = acceptedBy(entry);
                    if (accepted != null) {
                        waive(entry, accepted, control, now);
                    }
                    boolean forward = !entry.row().undoes();
                    execution
                            .interventions()
                            .setOff(entry, forward && control.step() == SwitchoverStep.CONFIRM_WRITES_STOPPED);
                });
            case SKIP ->
                execution
                        .interventions()
                        .control(
                                answer,
                                chosen,
                                entry -> List.of(said(control, entry, now), waiver(control, entry, now)),
                                entry -> {
                                    entry.member().actor = control.actor();
                                    entry.member().skipping = true;
                                    waive(entry, waives(entry), control, now);
                                    execution.interventions().setOff(entry, false);
                                });
            case EJECT ->
                execution.interventions().eject(answer, chosen, held, entry -> List.of(said(control, entry, now)));
            case LEAVE ->
                execution
                        .interventions()
                        .leave(
                                answer,
                                chosen,
                                entry -> List.of(said(control, entry, now)),
                                entry -> entry.left(control.reason()));
            case OPEN_TARGET ->
                execution.interventions().declareOpen(answer, chosen, entry -> List.of(said(control, entry, now)));
            case ABORT ->
                execution.interventions().abort(answer, chosen, held, entry -> List.of(said(control, entry, now)));
        };
    }

    private static Invariant waives(TaskEntry entry) {
        return Objects.requireNonNull(entry.row().onFailure().skipWaives(), "only a step that waives can be skipped");
    }

    private JournalRecord said(Control control, TaskEntry entry, Instant now) {
        return record(JournalRecord.Kind.CONTROL, control.action().name(), control, entry, now);
    }

    private List<JournalRecord> sayings(Control control, TaskEntry entry, Instant now) {
        JournalRecord said = said(control, entry, now);
        Invariant accepted = acceptedBy(entry);
        return accepted == null
                ? List.of(said)
                : List.of(said, record(JournalRecord.Kind.WAIVER, accepted.name(), control, entry, now));
    }

    /** To try again although a freeze was held back is to accept why it was, by name (SW-9). */
    private static @Nullable Invariant acceptedBy(TaskEntry entry) {
        Problem problem = entry.problem();
        return problem == null ? null : FreezeHold.acceptedBy(problem.code());
    }

    private static void waive(TaskEntry entry, Invariant rule, Control control, Instant now) {
        entry.member().waive(new Waiver(entry.ref(), rule.name(), control.actor(), control.reason(), now));
    }

    private JournalRecord waiver(Control control, TaskEntry entry, Instant now) {
        return record(JournalRecord.Kind.WAIVER, waives(entry).name(), control, entry, now);
    }

    private static JournalRecord record(
            JournalRecord.Kind kind, String code, Control control, TaskEntry entry, Instant now) {
        return new JournalRecord(
                now,
                kind,
                new Subject(entry.ref(), entry.row().name(), 0),
                code,
                Map.of(
                        "actor", control.actor().name(),
                        "reason", control.reason(),
                        "board", Long.toString(control.boardVersion())));
    }
}
