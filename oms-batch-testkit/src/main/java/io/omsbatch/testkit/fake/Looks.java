package io.omsbatch.testkit.fake;

import io.omsbatch.api.gateway.TaskPage;
import io.omsbatch.api.switchover.PrecheckItem;
import io.omsbatch.api.switchover.SwitchoverSnapshot;
import io.omsbatch.api.task.MigrationTask;
import io.omsbatch.api.task.TaskRef;
import io.omsbatch.testkit.fault.Fault;
import io.omsbatch.testkit.fault.FaultKind;
import io.omsbatch.testkit.history.CallKind;
import io.omsbatch.testkit.history.GatewayAnswer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** The calls that only look: read, list, observe, precheck. */
final class Looks {

    private final World world;
    private final CallRunner runner;
    private final Instant beginning;
    private final Object lock;

    Looks(World world, CallRunner runner, Instant beginning, Object lock) {
        this.world = world;
        this.runner = runner;
        this.beginning = beginning;
        this.lock = lock;
    }

    Map<TaskRef, MigrationTask> read(Set<TaskRef> tasks) {
        return look(
                CallKind.READ,
                tasks,
                FakeTask::show,
                (shown, call) -> distort(call, (target, kind) -> Distortion.ofTasks(shown, target, kind)),
                GatewayAnswer::tasks);
    }

    Map<TaskRef, SwitchoverSnapshot> observe(Set<TaskRef> tasks) {
        return look(
                CallKind.OBSERVE,
                tasks,
                FakeTask::observe,
                (shown, call) ->
                        distort(call, (target, kind) -> Distortion.ofSnapshots(shown, target, kind, beginning)),
                GatewayAnswer::snapshots);
    }

    Map<TaskRef, List<PrecheckItem>> precheck(Set<TaskRef> tasks) {
        return look(
                CallKind.PRECHECK,
                tasks,
                (task, asOf) -> task.precheck(),
                (shown, call) -> {},
                found -> GatewayAnswer.of(GatewayAnswer.Kind.SHOWN, found.size() + " prechecked"));
    }

    TaskPage list(@Nullable String from, int size) {
        return runner.run(
                CallKind.LIST,
                List.of(),
                null,
                call -> {
                    Fault fault = call.fault();
                    before(call, fault);
                    TaskPage page = page(from, size);
                    call.travel();
                    return nullIfAsked(fault, page);
                },
                page -> GatewayAnswer.of(GatewayAnswer.Kind.SHOWN, page.tasks().size() + " tasks"));
    }

    /** Shows one task as it was at a time. */
    private interface Showing<T> {
        @Nullable
        T show(FakeTask task, Instant at);
    }

    /** Spoils what is shown. */
    private interface Spoiling<T> {
        void spoil(Map<TaskRef, T> shown, CallRunner.Call call);
    }

    private <T> Map<TaskRef, T> look(
            CallKind kind,
            Set<TaskRef> tasks,
            Showing<T> showing,
            Spoiling<T> spoiling,
            CallRunner.Describing<Map<TaskRef, T>> describing) {
        List<TaskRef> sorted = tasks.stream().sorted().toList();
        return runner.run(
                kind,
                sorted,
                null,
                call -> {
                    Fault fault = call.fault();
                    before(call, fault);
                    Map<TaskRef, T> shown = shown(sorted, showing);
                    synchronized (lock) {
                        spoiling.spoil(shown, call);
                    }
                    call.travel();
                    return nullIfAsked(fault, shown);
                },
                describing);
    }

    private static void before(CallRunner.Call call, @Nullable Fault fault) {
        call.travel();
        if (fault != null) {
            if (fault.kind() == FaultKind.SLOW) {
                call.pause(fault.delay(), false);
            } else if (fault.kind().ending() == FaultKind.Ending.LATE) {
                call.pause(fault.delay(), true);
            }
            call.failIfAsked(fault.kind().ending());
        }
    }

    private <T> Map<TaskRef, T> shown(List<TaskRef> tasks, Showing<T> showing) {
        synchronized (lock) {
            Instant now = world.catchUp();
            Instant asOf = now.minus(world.any(world.settings().capabilities().maximumStaleness()));
            Map<TaskRef, T> shown = new LinkedHashMap<>();
            for (TaskRef ref : tasks) {
                FakeTask task = world.asOf(ref, asOf);
                T value = task == null ? null : showing.show(task, asOf);
                if (value != null) {
                    shown.put(ref, value);
                }
            }
            return shown;
        }
    }

    private TaskPage page(@Nullable String from, int size) {
        synchronized (lock) {
            Instant now = world.catchUp();
            List<MigrationTask> page = new ArrayList<>();
            for (FakeTask task : world.tasks().values()) {
                if (from == null || task.ref().toString().compareTo(from) > 0) {
                    if (page.size() == size) {
                        return new TaskPage(page, page.get(size - 1).ref().toString());
                    }
                    page.add(task.show(now));
                }
            }
            return new TaskPage(page, null);
        }
    }

    private static void distort(CallRunner.Call call, BiConsumer<TaskRef, FaultKind> distortion) {
        Fault fault = call.fault();
        TaskRef target = call.target();
        if (fault != null && target != null) {
            distortion.accept(target, fault.kind());
        }
    }

    @SuppressWarnings("NullAway") // that a gateway returns null all the same is the fault
    private static <T> T nullIfAsked(@Nullable Fault fault, T answer) {
        return fault != null && fault.kind().ending() == FaultKind.Ending.NULL ? null : answer;
    }
}
