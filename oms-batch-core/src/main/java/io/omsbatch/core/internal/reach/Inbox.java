package io.omsbatch.core.internal.reach;

import io.omsbatch.api.OmsBatchException;
import io.omsbatch.api.engine.Control;
import io.omsbatch.api.engine.ControlAnswer;
import io.omsbatch.api.engine.ControlAnswer.Refusal;
import io.omsbatch.api.engine.RunControl;
import io.omsbatch.api.engine.RunState;
import io.omsbatch.api.journal.JournalException;
import io.omsbatch.api.journal.JournalStore;
import io.omsbatch.api.journal.RunCommand;
import io.omsbatch.api.journal.RunSummary;
import io.omsbatch.core.internal.call.SafeThrowable;
import io.omsbatch.core.internal.durable.Answers;
import io.omsbatch.core.internal.durable.Commands;
import io.omsbatch.core.internal.pace.AfterPause;
import io.omsbatch.core.internal.run.EngineParts;
import io.omsbatch.core.internal.run.Recorded;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Commands to runs through their inboxes in the journal: to runs of other engines, and from them to the runs of this one. The owner
 * of a run acts on each command once, because the answer is written together with what was done (RUN-12). Thread-safe.
 */
public final class Inbox {

    private static final Logger LOG = LoggerFactory.getLogger(Inbox.class);
    private static final int AT_ONCE = 100;

    /** How long the sender of a command waits for its answer, in polls of an owner. */
    private static final int PATIENCE = 5;

    /** How often the sender looks for its answer during a poll of an owner. */
    private static final int LOOKS = 5;

    private final EngineParts parts;

    /** Commands that name a board which their owner has not reached yet; they are looked at once more. */
    private final Set<String> early = new HashSet<>();

    private boolean watching;

    /** Whether somebody asked to watch since the last look began, so that it may have missed a run. */
    private boolean asked;

    /** Whether the last look failed, which is said once. */
    private volatile boolean failing;

    /**
     * Creates the inbox of an engine.
     *
     * @param parts what all runs share
     */
    public Inbox(EngineParts parts) {
        this.parts = parts;
    }

    private JournalStore journal() {
        return parts.journal();
    }

    ControlAnswer send(String runId, RunControl control) {
        return send(Commands.of(
                parts.environment().newId(), runId, parts.environment().clock().instant(), control));
    }

    ControlAnswer send(String runId, Control control) {
        return send(Commands.of(
                parts.environment().newId(), runId, parts.environment().clock().instant(), control));
    }

    private ControlAnswer send(RunCommand command) {
        journal().send(command);
        Duration pause = parts.settings().lease().poll().dividedBy(LOOKS);
        for (int look = 0; look < PATIENCE * LOOKS; look++) {
            Optional<ControlAnswer> answer = answer(command.runId(), command.id());
            if (answer.isPresent()) {
                return answer.get();
            }
            if (!pause(pause)) {
                break;
            }
        }
        return answer(command.runId(), command.id())
                .orElseGet(() -> new ControlAnswer.Pending(
                        command.id(),
                        journal()
                                .summary(command.runId())
                                .map(run -> "the run is " + run.standing())
                                .orElse("the journal no longer has the run")));
    }

    /** Returns false if the thread was interrupted, and lets it stay so. */
    private boolean pause(Duration pause) {
        CompletableFuture<Void> over = new CompletableFuture<>();
        parts.environment().schedule(pause, () -> over.complete(null));
        try {
            boolean unused = parts.environment().await(over, pause.plusSeconds(1));
            return true;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    Optional<ControlAnswer> answer(String runId, String commandId) {
        Optional<ControlAnswer> answer = journal().answer(runId, commandId).map(Answers::answer);
        if (answer.isPresent()) {
            return answer;
        }
        boolean over = journal()
                .summary(runId)
                .map(run -> run.standing().state() == RunSummary.State.ENDED)
                .orElse(true);
        return over
                ? Optional.of(new ControlAnswer.Refused(
                        Refusal.NOT_RUNNING, "the run ended before its owner saw the command"))
                : Optional.empty();
    }

    /** Looks into the inboxes of this engine's runs from time to time, for as long as it has some. */
    void watch(Supplier<List<OwnedRun>> runs) {
        synchronized (early) {
            asked = true;
            if (watching) {
                return;
            }
            watching = true;
        }
        scheduleNext(runs);
    }

    private void scheduleNext(Supplier<List<OwnedRun>> runs) {
        AfterPause.run(
                parts.environment(), parts.settings().lease().poll(), () -> poll(runs), "No inbox is looked into");
    }

    private void poll(Supplier<List<OwnedRun>> runs) {
        synchronized (early) {
            asked = false;
        }
        Map<String, OwnedRun> atWork = new HashMap<>();
        for (OwnedRun run : runs.get()) {
            RunState state = run.state();
            if (state == RunState.RUNNING || state == RunState.PAUSED) {
                atWork.put(run.execution().ledger().record().runId(), run);
            }
        }
        if (atWork.isEmpty()) {
            if (!rest()) {
                scheduleNext(runs);
            }
            return;
        }
        try {
            for (RunCommand command : journal().commands(Set.copyOf(atWork.keySet()), AT_ONCE)) {
                OwnedRun run = atWork.get(command.runId());
                if (run != null) {
                    act(run, command);
                }
            }
            failing = false;
        } catch (JournalException failure) {
            if (!failing) {
                LOG.warn("The inboxes cannot be looked into: {}", SafeThrowable.describe(failure));
            }
            failing = true;
        } catch (RuntimeException | Error defect) {
            LOG.error("The inboxes could not be looked into", SafeThrowable.of(defect));
        } finally {
            scheduleNext(runs);
        }
    }

    /** Ends the watch, or returns false if somebody asked for it meanwhile, whose run is still to be looked at. */
    private boolean rest() {
        synchronized (early) {
            watching = asked;
            early.clear();
            return !watching;
        }
    }

    private void act(OwnedRun run, RunCommand command) {
        @Nullable ControlAnswer answer;
        try {
            answer = carryOut(run, command);
        } catch (IllegalArgumentException | OmsBatchException notUnderstood) {
            answer = new ControlAnswer.Refused(
                    Refusal.NOT_UNDERSTOOD,
                    "the owner of the run does not understand the command: " + SafeThrowable.describe(notUnderstood));
        }
        if (answer != null && !written(answer)) {
            Recorded unused = run.execution()
                    .say(List.of(Answers.record(parts.environment().clock().instant(), command.id(), answer)));
        }
    }

    /** What was accepted is written with what was done; if the journal takes nothing, the command stays where it is. */
    private static boolean written(ControlAnswer answer) {
        return answer instanceof ControlAnswer.Accepted
                || (answer instanceof ControlAnswer.Refused refused
                        && (refused.why() == Refusal.NOT_RECORDED || refused.why() == Refusal.IN_DOUBT));
    }

    /** Returns the answer, or null if it is too early for one. */
    private @Nullable ControlAnswer carryOut(OwnedRun run, RunCommand command) {
        RunControl ofRun = Commands.runControl(command);
        if (ofRun != null) {
            return run.control(ofRun, command.id());
        }
        Control ofTasks = Commands.control(command);
        if (ofTasks == null) {
            throw new IllegalArgumentException("asks for something unknown: " + command);
        }
        synchronized (early) {
            if (ofTasks.boardVersion() > run.boardVersion() && early.add(command.id())) {
                return null;
            }
            early.remove(command.id());
        }
        return run.act(ofTasks, command.id());
    }
}
