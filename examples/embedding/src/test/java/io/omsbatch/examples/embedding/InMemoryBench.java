package io.omsbatch.examples.embedding;

import io.omsbatch.api.gateway.CommandContext;
import io.omsbatch.api.gateway.FencingToken;
import io.omsbatch.api.gateway.TaskCommand;
import io.omsbatch.api.gateway.TaskGateway;
import io.omsbatch.api.operation.Actor;
import io.omsbatch.api.operation.BatchOperation;
import io.omsbatch.api.task.TaskRef;
import io.omsbatch.testkit.contract.GatewayBench;
import io.omsbatch.testkit.contract.TaskSetup;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;

/** Lends the gateway and disposable tasks to the testkit. */
final class InMemoryBench implements GatewayBench {

    private final InMemoryGateway gateway = new InMemoryGateway();
    private int tasks;

    @Override
    public TaskGateway gateway() {
        return gateway;
    }

    @Override
    public InstantSource clock() {
        return InstantSource.system();
    }

    @Override
    public Optional<TaskRef> create(TaskSetup setup) {
        TaskRef task = gateway.add("task-" + ++tasks);
        return switch (setup) {
            case NOT_STARTED -> Optional.of(task);
            case RUNNING -> after(task, BatchOperation.start());
            case STOPPED -> after(task, BatchOperation.start(), BatchOperation.stop());
            case ENDED -> after(task, BatchOperation.start(), BatchOperation.stop(), BatchOperation.end());
            case IN_FULL_VERIFICATION, READY_FOR_SWITCHOVER -> Optional.empty();
        };
    }

    private Optional<TaskRef> after(TaskRef task, BatchOperation... operations) {
        for (BatchOperation operation : operations) {
            String key = task.id() + operation.kind();
            gateway.command(new TaskCommand(
                    task,
                    operation,
                    new CommandContext(
                            "setup",
                            key,
                            1,
                            new FencingToken(1),
                            clock().instant().plusSeconds(15),
                            new Actor("setup"))));
        }
        return Optional.of(task);
    }

    @Override
    public Duration lookEvery() {
        return Duration.ofMillis(1); // nothing takes longer on this platform
    }

    @Override
    public TaskRef unknown() {
        return new TaskRef("in-memory", "nobody");
    }

    @Override
    public void remove(TaskRef task) {
        after(task, BatchOperation.stop(), BatchOperation.end(), BatchOperation.delete());
    }
}
