package io.omsbatch.testkit.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.omsbatch.api.gateway.GatewayException;
import io.omsbatch.api.gateway.TaskPage;
import io.omsbatch.api.operation.BatchOperation;
import io.omsbatch.api.task.AlertLevel;
import io.omsbatch.api.task.MigrationTask;
import io.omsbatch.api.task.Revision;
import io.omsbatch.api.task.TaskRef;
import io.omsbatch.api.task.TaskStatus;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/** What a gateway's reads keep. */
final class TaskReading {

    private static final int READERS = 8;
    private static final int MOST_PAGES = 10_000;

    private final GatewayBench bench;
    private final Probe probe;

    TaskReading(GatewayBench bench, Probe probe) {
        this.bench = bench;
        this.probe = probe;
    }

    void capabilities() {
        assertEquals(
                bench.gateway().capabilities(),
                bench.gateway().capabilities(),
                "capabilities() changed between two calls. Look at: what they are computed from; they must be constant");
    }

    void readsWhatIsAsked() {
        Set<TaskRef> asked = new LinkedHashSet<>(List.of(
                probe.create(TaskSetup.NOT_STARTED),
                probe.create(TaskSetup.NOT_STARTED),
                probe.create(TaskSetup.NOT_STARTED)));
        Map<TaskRef, MigrationTask> shown = bench.gateway().read(asked);
        assertEquals(
                asked,
                shown.keySet(),
                "PLAN-2: read showed other tasks than were asked for. Look at: paging and filtering in read");
        shown.forEach((ref, task) -> assertEquals(
                ref, task.ref(), "PLAN-2: read shows a task under another's identity. Look at: the keys of the map"));
    }

    void readsNothingUnknown() {
        TaskRef known = probe.create(TaskSetup.NOT_STARTED);
        TaskRef unknown = bench.unknown();
        try {
            assertEquals(
                    Set.of(known),
                    bench.gateway().read(Set.of(known, unknown)).keySet(),
                    "PLAN-2: a missing task must be left out of the map. Look at: how read treats \"not found\"");
        } catch (GatewayException failure) {
            fail(
                    "PLAN-2: read threw for a task that does not exist; one missing id must not hide the others."
                            + " Look at: how read treats \"not found\"",
                    failure);
        }
    }

    void readsWithoutTrace() {
        TaskRef task = probe.create(TaskSetup.NOT_STARTED);
        Revision first = probe.readPresent(task).revision();
        for (int i = 0; i < 5; i++) {
            probe.look();
            assertEquals(
                    first,
                    probe.readPresent(task).revision(),
                    "PLAN-3: the revision changed though nobody touched the task, so every plan would be stale."
                            + " Look at: what the revision is made of; it must not hold times, positions or counters");
        }
    }

    void lists() {
        List<TaskRef> created = List.of(
                probe.create(TaskSetup.NOT_STARTED),
                probe.create(TaskSetup.NOT_STARTED),
                probe.create(TaskSetup.NOT_STARTED));
        List<TaskRef> listed = new ArrayList<>();
        String from = null;
        int pages = 0;
        do {
            TaskPage page = bench.gateway().list(from, 2);
            assertTrue(
                    page.tasks().size() <= 2,
                    () -> "list(from, 2) returned " + page.tasks().size()
                            + " tasks. Look at: the page size it asks for");
            page.tasks().forEach(task -> listed.add(task.ref()));
            from = page.next();
            pages++;
            assertTrue(pages < MOST_PAGES, "list did not end after " + MOST_PAGES + " pages. Look at: next()");
        } while (from != null);
        for (TaskRef task : created) {
            assertEquals(
                    1,
                    listed.stream().filter(task::equals).count(),
                    () -> task + " must be listed exactly once. Look at: where one page ends and the next begins");
        }
    }

    void readsForward() {
        TaskRef task = probe.create(TaskSetup.NOT_STARTED);
        Answer answer = probe.send(task, BatchOperation.modifyAlertLevel(AlertLevel.MEDIUM));
        assumeTrue(answer.taken(), "the platform cannot modify alert configurations: " + answer);
        assumeTrue(
                probe.settles(task, shown -> levelOf(shown) == AlertLevel.MEDIUM),
                "the alert level never arrives; see the test of modify alert configuration");
        probe.passStaleness();
        for (int i = 0; i < 10; i++) {
            assertEquals(
                    AlertLevel.MEDIUM,
                    probe.readPresent(task).alertLevel(),
                    "RUN-4: a read showed a state older than the declared maximum staleness of "
                            + bench.gateway().capabilities().maximumStaleness()
                            + ". Look at: caches and replicas that read goes to; declare what they need");
            probe.look();
        }
    }

    void revisions() {
        TaskRef task = probe.create(TaskSetup.RUNNING);
        Revision before = probe.readPresent(task).revision();
        Answer answer = probe.send(task, BatchOperation.stop());
        assumeTrue(answer.taken(), "the platform cannot stop: " + answer);
        assumeTrue(
                probe.settles(task, shown -> statusOf(shown) == TaskStatus.STOPPED),
                "the task never stops; see the test of stop");
        assertFalse(
                before.equals(probe.readPresent(task).revision()),
                "PLAN-3: the status changed and the revision did not, so a stale plan could be run."
                        + " Look at: what the revision is made of");
    }

    void interrupted() {
        TaskRef task = probe.create(TaskSetup.NOT_STARTED);
        Thread.currentThread().interrupt();
        try {
            Map<TaskRef, MigrationTask> unused = bench.gateway().read(Set.of(task));
        } catch (GatewayException allowed) {
            // it heeds the interrupt
        } catch (RuntimeException other) {
            fail(
                    "RUN-10: an interrupted read threw " + other + ". Look at: where the gateway catches"
                            + " InterruptedException; throw GatewayException.ambiguous",
                    other);
        } finally {
            boolean unused = Thread.interrupted();
        }
        assertTrue(probe.read(task) != null, "RUN-10: after an interrupted call the task can no longer be read");
    }

    void manyThreads() {
        assumeTrue(bench.concurrent(), "the bench allows one thread only");
        List<TaskRef> tasks = List.of(probe.create(TaskSetup.NOT_STARTED), probe.create(TaskSetup.NOT_STARTED));
        ExecutorService threads = Executors.newFixedThreadPool(READERS);
        try {
            List<CompletableFuture<Map<TaskRef, MigrationTask>>> reads = new ArrayList<>();
            for (int i = 0; i < READERS * 4; i++) {
                TaskRef task = tasks.get(i % 2);
                reads.add(CompletableFuture.supplyAsync(() -> bench.gateway().read(Set.of(task)), threads));
            }
            for (int i = 0; i < reads.size(); i++) {
                assertEquals(
                        Set.of(tasks.get(i % 2)),
                        reads.get(i).join().keySet(),
                        "reads at the same time got each other's answers. Look at: state shared between calls");
            }
        } finally {
            threads.shutdownNow();
        }
    }

    private static @Nullable TaskStatus statusOf(@Nullable MigrationTask task) {
        return task == null ? null : task.status();
    }

    private static @Nullable AlertLevel levelOf(@Nullable MigrationTask task) {
        return task == null ? null : task.alertLevel();
    }
}
