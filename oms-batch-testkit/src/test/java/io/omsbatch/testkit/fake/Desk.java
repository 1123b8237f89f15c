package io.omsbatch.testkit.fake;

import io.omsbatch.api.gateway.CommandContext;
import io.omsbatch.api.gateway.FencingToken;
import io.omsbatch.api.gateway.GatewayReply;
import io.omsbatch.api.gateway.StepCommand;
import io.omsbatch.api.gateway.TaskCommand;
import io.omsbatch.api.operation.Actor;
import io.omsbatch.api.operation.BatchOperation;
import io.omsbatch.api.switchover.SwitchoverSnapshot;
import io.omsbatch.api.task.MigrationTask;
import io.omsbatch.api.task.MigrationType;
import io.omsbatch.api.task.Stage;
import io.omsbatch.api.task.StageProgress;
import io.omsbatch.api.task.SwitchoverProgress;
import io.omsbatch.api.task.SwitchoverStep;
import io.omsbatch.api.task.TaskRef;
import io.omsbatch.api.task.TaskStatus;
import io.omsbatch.testkit.fault.FaultScript;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/** A simulated platform in virtual time with short ways to command it. */
final class Desk implements AutoCloseable {

    static final TaskRef TASK = new TaskRef("fake", "orders");

    final VirtualEnvironment environment;
    final FakePlatform platform;
    private final AtomicInteger keys = new AtomicInteger();

    Desk(PlatformSettings settings, FaultScript faults) {
        environment = new VirtualEnvironment(settings.seed());
        platform = new FakePlatform(environment, settings, faults);
    }

    static Desk plain() {
        return new Desk(PlatformSettings.of(1), FaultScript.none());
    }

    static Desk failing(FaultScript faults) {
        return new Desk(PlatformSettings.of(1), faults);
    }

    static MigrationTask task(TaskStatus status) {
        return MigrationTask.builder(TASK).status(status).build();
    }

    static MigrationTask entered(MigrationType type) {
        return MigrationTask.builder(TASK)
                .status(TaskStatus.RUNNING)
                .type(type)
                .stage(Stage.FORWARD_SWITCHOVER, StageProgress.State.RUNNING)
                .switchover(new SwitchoverProgress(type.switchoverSteps().get(0), SwitchoverProgress.State.WAITING))
                .build();
    }

    CommandContext context(String key, int attempt, long token) {
        return new CommandContext(
                "run-1",
                key,
                attempt,
                new FencingToken(token),
                environment.clock().instant().plusSeconds(15),
                new Actor("tester"));
    }

    GatewayReply order(BatchOperation operation) {
        return order(operation, "key-" + keys.incrementAndGet(), 1, 1);
    }

    GatewayReply order(BatchOperation operation, String key, int attempt, long token) {
        return platform.command(new TaskCommand(TASK, operation, context(key, attempt, token)));
    }

    GatewayReply step(SwitchoverStep step) {
        return step(step, StepCommand.Action.RUN);
    }

    GatewayReply step(SwitchoverStep step, StepCommand.Action action) {
        MigrationTask task = platform.tasks().get(TASK);
        int round = task == null || task.switchover() == null
                ? 1
                : task.switchover().round();
        return platform.command(
                new StepCommand(TASK, step, round, action, context("key-" + keys.incrementAndGet(), 1, 1)));
    }

    MigrationTask read() {
        Map<TaskRef, MigrationTask> shown = platform.read(Set.of(TASK));
        return shown.get(TASK);
    }

    SwitchoverSnapshot observe() {
        return platform.observe(Set.of(TASK)).get(TASK);
    }

    void pass(Duration time) {
        environment.advance(time);
    }

    @Override
    public void close() {
        environment.close();
    }
}
