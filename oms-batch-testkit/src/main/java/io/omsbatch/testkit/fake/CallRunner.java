package io.omsbatch.testkit.fake;

import io.omsbatch.api.engine.Environment;
import io.omsbatch.api.gateway.GatewayException;
import io.omsbatch.api.task.AlertLevel;
import io.omsbatch.api.task.TaskRef;
import io.omsbatch.api.task.TaskStatus;
import io.omsbatch.testkit.fault.Fault;
import io.omsbatch.testkit.fault.FaultKind;
import io.omsbatch.testkit.fault.FaultPlayer;
import io.omsbatch.testkit.fault.FaultScript;
import io.omsbatch.testkit.history.CallKind;
import io.omsbatch.testkit.history.CallLog;
import io.omsbatch.testkit.history.GatewayAnswer;
import io.omsbatch.testkit.history.GatewayCall;
import io.omsbatch.testkit.history.Recorder;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Takes a call through its recording, its time and its faults, whatever the call is for. */
final class CallRunner {

    private static final Duration FOREVER = Duration.ofNanos(Long.MAX_VALUE);

    private final Environment environment;
    private final World world;
    private final LifeCycle lifeCycle;
    private final FaultPlayer player;
    private final CallLog log;
    private final Object lock;
    private final Set<TaskRef> touched = new HashSet<>();

    CallRunner(
            Environment environment,
            World world,
            LifeCycle lifeCycle,
            FaultScript faults,
            Recorder recorder,
            Object lock) {
        this.environment = environment;
        this.world = world;
        this.lifeCycle = lifeCycle;
        this.player =
                new FaultPlayer(faults, new SplittableRandom(~world.settings().seed()));
        this.log = new CallLog(recorder);
        this.lock = lock;
    }

    /** A call that was begun, with what goes wrong with it. */
    final class Call {

        private final CallLog.Entry entry;
        private final FaultPlayer.@Nullable Played played;
        private final List<TaskRef> tasks;

        private Call(CallLog.Entry entry, FaultPlayer.@Nullable Played played, List<TaskRef> tasks) {
            this.entry = entry;
            this.played = played;
            this.tasks = tasks;
        }

        CallLog.Entry entry() {
            return entry;
        }

        @Nullable
        Fault fault() {
            return played == null ? null : played.fault();
        }

        /** Returns the one task that the fault is for. */
        @Nullable
        TaskRef target() {
            if (played == null || tasks.isEmpty()) {
                return null;
            }
            TaskRef meant = played.task();
            return meant != null ? meant : tasks.get(world.random().nextInt(tasks.size()));
        }

        /** Passes the time that the call takes until it reaches the platform, or that its answer takes back. */
        void travel() {
            Duration time;
            synchronized (lock) {
                time = world.any(world.settings().latency());
            }
            pause(time, false);
        }

        /** Ends the call in the way of its fault; returns if it ends as usual, or after a delay. */
        void failIfAsked(FaultKind.Ending ending) {
            switch (ending) {
                case REJECTED ->
                    throw GatewayException.rejected("GHANA-OPERAT000403", "the platform said no", "ask its operator");
                case TRANSIENT -> throw GatewayException.transientFailure("the connection was refused", null);
                case AMBIGUOUS -> throw GatewayException.ambiguous("the connection was cut", null);
                case BLOCKS -> pause(FOREVER, false);
                case NEVER -> pause(FOREVER, true);
                case RUNTIME_EXCEPTION ->
                    throw new IllegalStateException("the gateway failed in its own way \u001b[31m\r\n");
                case ERROR -> throw new StackOverflowError("the gateway failed badly");
                case LATE -> throw GatewayException.ambiguous("the answer came too late", null);
                case AS_USUAL, REFUSED, REFUSED_RETRYABLE, DONE, ACCEPTED, NULL -> {}
            }
        }

        /** Passes time, and gives up with an ambiguous failure when interrupted, unless stubborn. */
        void pause(Duration time, boolean stubborn) {
            Instant until = time.equals(FOREVER) ? Instant.MAX : now().plus(time);
            boolean interrupted = false;
            boolean passed = false;
            while (!passed) {
                Duration rest = until.equals(Instant.MAX) ? FOREVER : Duration.between(now(), until);
                try {
                    environment.await(new CompletableFuture<>(), rest.isNegative() ? Duration.ZERO : rest);
                    passed = !now().isBefore(until);
                } catch (InterruptedException wanted) {
                    interrupted = true;
                    if (!stubborn) {
                        Thread.currentThread().interrupt();
                        throw GatewayException.ambiguous("the call was interrupted", wanted);
                    }
                }
            }
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Something that a call does between its beginning and its end. */
    interface Body<T> {
        T run(Call call);
    }

    /** Tells how to record an answer. */
    interface Describing<T> {
        GatewayAnswer describe(T answer);
    }

    <T> T run(
            CallKind kind,
            List<TaskRef> tasks,
            GatewayCall.@Nullable Order order,
            Body<T> body,
            Describing<T> describing) {
        Call call = begin(kind, tasks, order);
        try {
            T answer = body.run(call);
            call.entry.ended(
                    answer == null ? GatewayAnswer.of(GatewayAnswer.Kind.BROKEN, "null") : describing.describe(answer));
            return answer;
        } catch (GatewayException failure) {
            call.entry.ended(GatewayAnswer.of(
                    switch (failure.kind()) {
                        case REJECTED -> GatewayAnswer.Kind.REJECTED;
                        case TRANSIENT -> GatewayAnswer.Kind.TRANSIENT;
                        case AMBIGUOUS -> GatewayAnswer.Kind.AMBIGUOUS;
                    },
                    String.valueOf(failure.getMessage())));
            throw failure;
        } catch (RuntimeException | Error broken) {
            call.entry.ended(GatewayAnswer.of(GatewayAnswer.Kind.BROKEN, broken.toString()));
            throw broken;
        }
    }

    CallLog log() {
        return log;
    }

    Map<FaultKind, Integer> faultsPlayed() {
        return player.played();
    }

    Set<TaskRef> touched() {
        return Set.copyOf(touched);
    }

    private Call begin(CallKind kind, List<TaskRef> tasks, GatewayCall.@Nullable Order order) {
        synchronized (lock) {
            CallLog.Entry entry = log.begin(kind, tasks, order);
            FaultPlayer.Played played = player.next(kind, order == null ? null : order.what(), Set.copyOf(tasks));
            Call call = new Call(entry, played, tasks);
            if (played != null) {
                entry.note(played.fault().toString());
                TaskRef meant = played.task();
                touched.addAll(meant == null ? tasks : List.of(meant));
                meddle(call, played.fault().kind());
            }
            return call;
        }
    }

    private void meddle(Call call, FaultKind kind) {
        if (kind != FaultKind.CHANGED_BEHIND && kind != FaultKind.DELETED_BEHIND) {
            return;
        }
        Instant now = world.catchUp();
        TaskRef target = call.target();
        FakeTask task = target == null ? null : world.find(target);
        if (task == null) {
            return;
        }
        if (kind == FaultKind.DELETED_BEHIND) {
            world.remove(task.ref(), now, "removed by somebody else");
            return;
        }
        task.turn++;
        switch (task.status) {
            case RUNNING -> task.status = TaskStatus.STOPPED;
            case STOPPED, FAILED -> task.status = TaskStatus.RUNNING;
            case NOT_STARTED, MODIFYING, INTEGRATING, COMPLETED, ENDING, ENDED, UNRECOGNIZED ->
                task.alertLevel = task.alertLevel == AlertLevel.HIGH ? AlertLevel.LOW : AlertLevel.HIGH;
        }
        world.changed(task, now, "changed by somebody else");
        lifeCycle.goOn(task, now);
    }

    private Instant now() {
        return environment.clock().instant();
    }
}
