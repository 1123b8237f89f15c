package io.omsbatch.examples.benchmarks.durable.recovery;

import io.omsbatch.api.gateway.GatewayCapabilities;
import io.omsbatch.api.gateway.GatewayReply;
import io.omsbatch.api.gateway.TaskCommand;
import io.omsbatch.api.gateway.TaskGateway;
import io.omsbatch.api.gateway.TaskPage;
import io.omsbatch.api.task.MigrationTask;
import io.omsbatch.api.task.TaskRef;
import io.omsbatch.api.task.TaskStatus;
import io.omsbatch.examples.benchmarks.fleet.Listing;
import io.omsbatch.examples.benchmarks.frame.WrongOutcomesException;
import java.io.IOException;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** A platform that is a mapped file with a byte a task, how often it was commanded: it outlives the processes that command it. */
final class FilePlatform implements TaskGateway {

    private final int items;
    private final MappedByteBuffer commanded;
    private final AtomicLong firstCommand = new AtomicLong();
    private final AtomicInteger answers = new AtomicInteger(Integer.MAX_VALUE);

    /** Opens the file of a platform, or makes one on which nothing was commanded. */
    FilePlatform(Path file, int items) throws IOException {
        this.items = items;
        try (FileChannel channel =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            this.commanded = channel.map(FileChannel.MapMode.READ_WRITE, 0, items);
        }
    }

    List<TaskRef> refs() {
        return IntStream.range(0, items).mapToObj(FilePlatform::ref).toList();
    }

    private static TaskRef ref(int item) {
        return new TaskRef("file", Integer.toString(item));
    }

    private static int item(TaskRef task) {
        return Integer.parseInt(task.id());
    }

    /** Returns when the first command came to this object, by {@link System#nanoTime}. */
    long firstCommand() {
        return firstCommand.get();
    }

    /** Carries out so many commands, and answers none that comes after them. */
    void fallSilentAfter(int commands) {
        answers.set(commands);
    }

    /** Checks that each task was commanded exactly once, by whichever process. */
    void check() {
        for (int item = 0; item < items; item++) {
            if (commanded.get(item) != 1) {
                throw new WrongOutcomesException("task " + item + " was commanded " + commanded.get(item) + " times");
            }
        }
    }

    @Override
    public GatewayCapabilities capabilities() {
        return GatewayCapabilities.of().withMaximumEffectDelay(Duration.ZERO);
    }

    @Override
    public Map<TaskRef, MigrationTask> read(Set<TaskRef> asked) {
        Map<TaskRef, MigrationTask> found = new HashMap<>(asked.size() * 2);
        asked.forEach(ref -> found.put(ref, task(ref)));
        return found;
    }

    private MigrationTask task(TaskRef ref) {
        return MigrationTask.builder(ref)
                .status(commanded.get(item(ref)) == 0 ? TaskStatus.NOT_STARTED : TaskStatus.RUNNING)
                .build();
    }

    @Override
    public TaskPage list(@Nullable String from, int size) {
        return Listing.page(from, size, items, item -> task(ref(item)));
    }

    @Override
    public GatewayReply command(TaskCommand command) {
        if (answers.getAndDecrement() <= 0) {
            awaitDeath();
        }
        firstCommand.compareAndSet(0, System.nanoTime());
        int item = item(command.task());
        commanded.put(item, (byte) (commanded.get(item) + 1));
        return GatewayReply.done();
    }

    private static void awaitDeath() {
        try {
            TimeUnit.HOURS.sleep(1);
        } catch (InterruptedException given) {
            throw new IllegalStateException("the call was given up", given);
        }
    }
}
