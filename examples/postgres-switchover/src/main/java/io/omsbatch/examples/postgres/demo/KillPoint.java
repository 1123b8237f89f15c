package io.omsbatch.examples.postgres.demo;

import io.omsbatch.api.gateway.GatewayCapabilities;
import io.omsbatch.api.gateway.GatewayException;
import io.omsbatch.api.gateway.GatewayReply;
import io.omsbatch.api.gateway.StepCommand;
import io.omsbatch.api.gateway.SwitchoverGateway;
import io.omsbatch.api.gateway.TaskCommand;
import io.omsbatch.api.gateway.TaskPage;
import io.omsbatch.api.switchover.SwitchoverSnapshot;
import io.omsbatch.api.task.MigrationTask;
import io.omsbatch.api.task.SwitchoverStep;
import io.omsbatch.api.task.TaskRef;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Ends its process in the middle of a step: when the first tasks were commanded and answered, one was commanded and nobody has
 * heard the answer yet, and the others, whose intents are in the journal, were not commanded. Thread-safe.
 */
final class KillPoint implements SwitchoverGateway {
    private static final long LONGEST_ANSWER_SECONDS = 3;

    private final SwitchoverGateway behind;
    private final SwitchoverStep step;
    private final int last;
    private final Runnable kill;
    private final Map<TaskRef, Integer> numbers = new ConcurrentHashMap<>();
    private final AtomicInteger commanded = new AtomicInteger();
    private final CountDownLatch answers;
    private final CountDownLatch killed = new CountDownLatch(1);

    /**
     * A gateway that ends its process.
     *
     * @param behind where commands and looks go
     * @param step at which step
     * @param tasks how many tasks come to it; half of them are commanded
     * @param kill ends the process
     */
    KillPoint(SwitchoverGateway behind, SwitchoverStep step, int tasks, Runnable kill) {
        this.behind = behind;
        this.step = step;
        this.last = (tasks + 1) / 2;
        this.kill = kill;
        this.answers = new CountDownLatch(last - 1);
    }

    @Override
    public GatewayReply command(StepCommand command) {
        if (command.step() != step || command.action() != StepCommand.Action.RUN) {
            return behind.command(command);
        }
        int number = numbers.computeIfAbsent(command.task(), task -> commanded.incrementAndGet());
        if (number < last) {
            GatewayReply reply = behind.command(command);
            answers.countDown();
            return reply;
        }
        try {
            if (number == last) {
                // one that failed and is tried again may take longer, and need not be waited for
                boolean unused = answers.await(LONGEST_ANSWER_SECONDS, TimeUnit.SECONDS);
                commandAndKill(command);
            }
            killed.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        throw GatewayException.transientFailure("held back until the process is killed", null);
    }

    @Override
    public GatewayReply command(TaskCommand command) {
        return behind.command(command);
    }

    @Override
    public Map<TaskRef, MigrationTask> read(Set<TaskRef> tasks) {
        return behind.read(tasks);
    }

    @Override
    public TaskPage list(@Nullable String from, int size) {
        return behind.list(from, size);
    }

    @Override
    public Map<TaskRef, SwitchoverSnapshot> observe(Set<TaskRef> tasks) {
        return behind.observe(tasks);
    }

    @Override
    public GatewayCapabilities capabilities() {
        return behind.capabilities();
    }

    private void commandAndKill(StepCommand command) {
        try {
            behind.command(command);
        } finally {
            kill.run();
        }
    }
}
