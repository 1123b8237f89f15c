package io.omsbatch.testkit.fake;

import io.omsbatch.api.gateway.CommandContext;
import io.omsbatch.api.switchover.SyncLinks;
import io.omsbatch.api.task.SwitchoverStep;
import io.omsbatch.api.task.TaskRef;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Looks on as commands come in, and notes what no engine should do. Guarded by its platform's lock. */
final class ProtocolWatch {

    private record Wish(TaskRef task, String what) {}

    private final Map<String, Long> highestToken = new HashMap<>();
    private final Map<String, Long> highestSent = new HashMap<>();
    private final Map<String, Integer> lastAttempt = new HashMap<>();
    private final Map<String, Wish> wishes = new HashMap<>();
    private final Map<String, Integer> effects = new HashMap<>();
    private final List<String> breaches = new ArrayList<>();

    List<String> breaches() {
        return breaches;
    }

    /** Looks at a command that is being sent. */
    void sent(TaskRef task, String what, CommandContext context, boolean fences) {
        long newest = highestSent.merge(context.runId(), context.token().value(), Math::max);
        if (context.token().value() < newest && !fences) {
            breach(
                    "DUR-2",
                    task,
                    what + " was sent with token " + context.token() + " after token " + newest + " of run "
                            + context.runId());
        }
        Integer attempt = lastAttempt.put(context.key(), context.attempt());
        if (attempt != null && context.attempt() <= attempt) {
            breach(
                    "RUN-2",
                    task,
                    what + " was sent as attempt " + context.attempt() + " after attempt " + attempt
                            + " with the same key " + context.key());
        }
        Wish wish = wishes.putIfAbsent(context.key(), new Wish(task, what));
        if (wish != null && !wish.equals(new Wish(task, what))) {
            breach(
                    "RUN-3",
                    task,
                    what + " was sent with key " + context.key() + ", which belongs to " + wish.what() + " of "
                            + wish.task().id());
        }
    }

    /** Returns whether a newer owner of the run has been seen. */
    boolean outdated(CommandContext context) {
        return context.token().value() < highestToken.getOrDefault(context.runId(), 0L);
    }

    /** Looks at a command that has arrived, which may be long after it was sent. */
    void arrived(CommandContext context) {
        highestToken.merge(context.runId(), context.token().value(), Math::max);
    }

    /** Looks at a command that has its effect. */
    void tookEffect(TaskRef task, String what, CommandContext context) {
        int times = effects.merge(context.key(), 1, Integer::sum);
        if (times > 1) {
            breach("RUN-3", task, what + " had its effect " + times + " times for the key " + context.key());
        }
    }

    /** Looks at a switchover step that is ordered. */
    void stepOrdered(FakeTask task, SwitchoverStep step, boolean skips, Instant at) {
        Cutover cutover = task.cutover;
        if (cutover == null || skips || cutover.isOver(step)) {
            return;
        }
        boolean stopsForward =
                step == SwitchoverStep.CONFIRM_SYNC_TIMESTAMP || step == SwitchoverStep.STOP_FORWARD_SYNC;
        if (stopsForward && !cutover.wasSkipped(SwitchoverStep.CONFIRM_SYNC_TIMESTAMP)) {
            behind(task, step, cutover.trueStop, at);
        }
        if (step == SwitchoverStep.START_REVERSE_INCREMENT && !task.links().forwardQuiet()) {
            breach("SW-5", task.ref(), "start reverse increment was ordered while forward sync is RUNNING");
        }
        if (!cutover.isNext(step) && !cutover.isUnderWay(step)) {
            breach("SW-1", task.ref(), step.title() + " was ordered while the task stands at " + cutover.progress());
        }
    }

    /** Looks at a step that is ordered to be taken back (SW-8). */
    void undoOrdered(FakeTask task, SwitchoverStep step) {
        Cutover cutover = task.cutover;
        if (cutover == null) {
            return;
        }
        if (cutover.reverse != SyncLinks.State.ABSENT) {
            breach(
                    "SW-7",
                    task.ref(),
                    "the undo of " + step.title() + " was ordered after the reverse link was started");
        }
        if (step == SwitchoverStep.STOP_FORWARD_SYNC
                && cutover.forwardStopped()
                && cutover.targetWrites != SyncLinks.TargetWrites.NONE) {
            breach(
                    "SW-8",
                    task.ref(),
                    "forward sync was to be started again while writes to the target are " + cutover.targetWrites);
        }
        if (step == SwitchoverStep.CONFIRM_WRITES_STOPPED && cutover.forwardStopped()) {
            breach("SW-8", task.ref(), "the source was to be given back while its forward sync is stopped");
        }
    }

    private void behind(FakeTask task, SwitchoverStep step, @Nullable Long stop, Instant at) {
        long applied = task.sync.applied(at);
        if (stop == null || applied < stop) {
            breach(
                    "SW-4",
                    task.ref(),
                    step.title() + " was ordered when the target had applied up to " + applied
                            + " and the write stop is at " + (stop == null ? "an unknown place" : stop));
        }
    }

    private void breach(String promise, TaskRef task, String what) {
        breaches.add(promise + " " + task.id() + ": " + what);
    }
}
