package io.omsbatch.testkit.contract;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.omsbatch.api.gateway.CommandContext;
import io.omsbatch.api.gateway.FencingToken;
import io.omsbatch.api.gateway.GatewayCapability;
import io.omsbatch.api.gateway.TaskCommand;
import io.omsbatch.api.operation.Actor;
import io.omsbatch.api.operation.BatchOperation;
import io.omsbatch.api.task.MigrationTask;
import io.omsbatch.api.task.TaskRef;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Creates, commands, watches and removes tasks on a bench. */
class Probe {

    private static final Actor ACTOR = new Actor("contract test");

    private final GatewayBench bench;
    private final List<TaskRef> created = new ArrayList<>();
    private String run;
    private int keys;

    Probe(GatewayBench bench) {
        this.bench = bench;
        Instant now = bench.clock().instant();
        this.run = "contract-" + now.getEpochSecond() + "-" + now.getNano();
    }

    /** Creates a task, or skips the test. */
    TaskRef create(TaskSetup setup) {
        return keep(bench.create(setup), "a task that is " + setup.title());
    }

    TaskRef keep(Optional<TaskRef> task, String what) {
        assumeTrue(task.isPresent(), "the bench cannot create " + what + " on this platform");
        created.add(task.orElseThrow());
        return task.orElseThrow();
    }

    void assumeDeclared(GatewayCapability capability) {
        assumeTrue(bench.gateway().capabilities().has(capability), "the gateway does not declare " + capability);
    }

    /** Removes every task that was created. */
    void cleanUp() {
        RuntimeException failed = null;
        for (TaskRef task : created) {
            try {
                bench.remove(task);
            } catch (RuntimeException thrown) {
                failed = thrown;
            }
        }
        bench.close();
        if (failed != null) {
            throw new IllegalStateException("the bench could not remove every task that it created", failed);
        }
    }

    /** From now on commands are those of another run. */
    void beAnotherRun() {
        run += "-again";
    }

    String newKey() {
        keys++;
        return run + "-" + keys;
    }

    CommandContext context(String key, long token) {
        Instant deadline = bench.clock().instant().plus(bench.settleTime());
        return new CommandContext(run, key, 1, new FencingToken(token), deadline, ACTOR);
    }

    Answer send(TaskRef task, BatchOperation operation) {
        return send(task, operation, newKey(), 1);
    }

    Answer send(TaskRef task, BatchOperation operation, String key, long token) {
        TaskCommand command = new TaskCommand(task, operation, context(key, token));
        return Answer.of(operation.kind().title(), () -> bench.gateway().command(command));
    }

    @Nullable
    MigrationTask read(TaskRef task) {
        Map<TaskRef, MigrationTask> shown = bench.gateway().read(Set.of(task));
        if (shown == null) {
            throw new AssertionError("RUN-6: read returned null. Look at: every path of read");
        }
        return shown.get(task);
    }

    MigrationTask readPresent(TaskRef task) {
        MigrationTask shown = read(task);
        if (shown == null) {
            throw new AssertionError("PLAN-2: a read of " + task + ", which exists, shows nothing."
                    + " Look at: the keys of the map that read returns; they must equal the identities asked for");
        }
        return shown;
    }

    /**
     * Waits as long as the platform may take, until a task is shown as wanted; and then until no read may show it otherwise.
     */
    boolean settles(TaskRef task, Predicate<@Nullable MigrationTask> wanted) {
        boolean settled = eventually(() -> wanted.test(read(task)));
        passStaleness();
        return settled;
    }

    boolean eventually(BooleanSupplier wanted) {
        Duration delay = bench.gateway().capabilities().maximumEffectDelay();
        Duration most = bench.settleTime()
                .plus(bench.gateway().capabilities().maximumStaleness())
                .plus(delay == null ? Duration.ZERO : delay);
        long looks = Math.max(1, most.toMillis() / Math.max(1, bench.lookEvery().toMillis()));
        for (long look = 0; look <= looks; look++) {
            if (wanted.getAsBoolean()) {
                return true;
            }
            bench.pause(bench.lookEvery());
        }
        return false;
    }

    /** Lets so much time pass that a read may no longer show what was before. */
    void passStaleness() {
        Duration staleness = bench.gateway().capabilities().maximumStaleness();
        if (!staleness.isZero()) {
            bench.pause(staleness);
        }
    }

    void look() {
        bench.pause(bench.lookEvery());
    }
}
