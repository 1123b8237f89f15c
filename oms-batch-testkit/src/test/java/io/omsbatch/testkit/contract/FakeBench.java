package io.omsbatch.testkit.contract;

import io.omsbatch.api.gateway.SwitchoverGateway;
import io.omsbatch.api.task.MigrationTask;
import io.omsbatch.api.task.MigrationType;
import io.omsbatch.api.task.Stage;
import io.omsbatch.api.task.StageProgress;
import io.omsbatch.api.task.SwitchoverProgress;
import io.omsbatch.api.task.TaskRef;
import io.omsbatch.api.task.TaskStatus;
import io.omsbatch.testkit.fake.FakePlatform;
import io.omsbatch.testkit.fake.PlatformSettings;
import io.omsbatch.testkit.fake.VirtualEnvironment;
import io.omsbatch.testkit.fault.FaultScript;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** The simulated platform in virtual time, with a gateway that may be broken on purpose. */
final class FakeBench implements SwitchoverBench {

    private final VirtualEnvironment environment;
    private final FakePlatform platform;
    private final SwitchoverGateway gateway;
    private int tasks;

    FakeBench(PlatformSettings settings, UnaryOperator<SwitchoverGateway> breaking) {
        environment = new VirtualEnvironment(settings.seed());
        platform = new FakePlatform(environment, settings, FaultScript.none());
        gateway = breaking.apply(platform);
    }

    @Override
    public SwitchoverGateway gateway() {
        return gateway;
    }

    @Override
    public InstantSource clock() {
        return environment.clock();
    }

    @Override
    public Optional<TaskRef> create(TaskSetup setup) {
        MigrationTask.Builder task = MigrationTask.builder(next());
        switch (setup) {
            case NOT_STARTED -> {}
            case RUNNING -> task.status(TaskStatus.RUNNING).stage(Stage.FULL_MIGRATION, StageProgress.State.RUNNING);
            case STOPPED -> task.status(TaskStatus.STOPPED).stage(Stage.FULL_MIGRATION, StageProgress.State.SUSPENDED);
            case ENDED -> task.status(TaskStatus.ENDED);
            case IN_FULL_VERIFICATION ->
                task.status(TaskStatus.RUNNING).stage(Stage.FULL_VERIFICATION, StageProgress.State.RUNNING);
            case READY_FOR_SWITCHOVER ->
                task.status(TaskStatus.RUNNING).stage(Stage.FULL_VERIFICATION, StageProgress.State.FINISHED);
        }
        return added(task.build());
    }

    @Override
    public Optional<TaskRef> enter() {
        MigrationType type = MigrationType.complete();
        return added(MigrationTask.builder(next())
                .status(TaskStatus.RUNNING)
                .type(type)
                .stage(Stage.FORWARD_SWITCHOVER, StageProgress.State.RUNNING)
                .switchover(new SwitchoverProgress(type.switchoverSteps().get(0), SwitchoverProgress.State.WAITING))
                .build());
    }

    private TaskRef next() {
        tasks++;
        return new TaskRef("fake", "task-" + tasks);
    }

    private Optional<TaskRef> added(MigrationTask task) {
        platform.add(task);
        environment.advance(platform.capabilities().maximumStaleness());
        return Optional.of(task.ref());
    }

    @Override
    public TaskRef unknown() {
        return new TaskRef("fake", "nobody");
    }

    @Override
    public void remove(TaskRef task) {
        platform.remove(task);
    }

    @Override
    public boolean concurrent() {
        return false;
    }

    @Override
    public void pause(Duration duration) {
        environment.advance(duration);
    }

    @Override
    public void close() {
        environment.close();
    }
}
