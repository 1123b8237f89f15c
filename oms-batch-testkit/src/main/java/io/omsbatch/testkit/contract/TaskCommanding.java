package io.omsbatch.testkit.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.omsbatch.api.gateway.GatewayCapability;
import io.omsbatch.api.operation.BatchOperation;
import io.omsbatch.api.task.AlertLevel;
import io.omsbatch.api.task.MigrationTask;
import io.omsbatch.api.task.Stage;
import io.omsbatch.api.task.TaskRef;
import io.omsbatch.api.task.TaskStatus;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** What a gateway's commands keep. */
final class TaskCommanding {

    private static final Set<TaskStatus> STARTED = EnumSet.of(TaskStatus.RUNNING, TaskStatus.COMPLETED);

    private final GatewayBench bench;
    private final Probe probe;

    TaskCommanding(GatewayBench bench, Probe probe) {
        this.bench = bench;
        this.probe = probe;
    }

    void start() {
        leadsTo(TaskSetup.NOT_STARTED, BatchOperation.start(), task -> isStarted(task));
    }

    void stop() {
        leadsTo(TaskSetup.RUNNING, BatchOperation.stop(), task -> statusOf(task) == TaskStatus.STOPPED);
    }

    void resume() {
        leadsTo(TaskSetup.STOPPED, BatchOperation.resume(), task -> isStarted(task));
    }

    void end() {
        leadsTo(TaskSetup.STOPPED, BatchOperation.end(), task -> statusOf(task) == TaskStatus.ENDED);
    }

    void delete() {
        leadsTo(TaskSetup.ENDED, BatchOperation.delete(), Objects::isNull);
    }

    void alertLevel() {
        leadsTo(
                TaskSetup.NOT_STARTED,
                BatchOperation.modifyAlertLevel(AlertLevel.HIGH),
                task -> levelOf(task) == AlertLevel.HIGH);
    }

    void skipVerification() {
        leadsTo(
                TaskSetup.IN_FULL_VERIFICATION,
                BatchOperation.skipFullVerification(),
                task -> task != null
                        && (task.stage().stage() == Stage.FORWARD_SWITCHOVER
                                || (task.stage().stage() == Stage.FULL_VERIFICATION
                                        && task.stage().done())));
    }

    void enterSwitchover() {
        leadsTo(
                TaskSetup.READY_FOR_SWITCHOVER,
                BatchOperation.enterForwardSwitchover(),
                task -> task != null && task.stage().stage() == Stage.FORWARD_SWITCHOVER && task.switchover() != null);
    }

    void doneIsDone() {
        TaskRef task = probe.create(TaskSetup.RUNNING);
        Answer answer = probe.send(task, BatchOperation.stop());
        if (answer.done()) {
            probe.passStaleness();
            assertEquals(
                    TaskStatus.STOPPED,
                    probe.readPresent(task).status(),
                    "RUN-4: stop was answered with done, but the task is not shown as stopped."
                            + " Look at: the reply; what the platform only took is accepted, not done");
        }
        TaskRef other = probe.create(TaskSetup.NOT_STARTED);
        if (probe.send(other, BatchOperation.modifyAlertLevel(AlertLevel.LOW)).done()) {
            probe.passStaleness();
            assertEquals(
                    AlertLevel.LOW,
                    probe.readPresent(other).alertLevel(),
                    "RUN-4: the alert level was answered with done, but is not shown."
                            + " Look at: the reply, and the maximum staleness that the gateway declares");
        }
    }

    void refusesWrongStatus() {
        TaskRef task = probe.create(TaskSetup.NOT_STARTED);
        MigrationTask before = probe.readPresent(task);
        Answer answer = probe.send(task, BatchOperation.resume());
        assertTrue(
                answer.refused(),
                () -> "resume of a task that never started was answered with " + answer
                        + ". Look at: the platform's error codes; what it refuses must become Refused or REJECTED");
        assertFalse(
                answer.problem().code().isBlank() || answer.problem().message().isBlank(),
                () -> "the refusal says \"" + answer.problem() + "\". Look at: where the platform's code, message and"
                        + " proposal are put into the refusal");
        probe.look();
        assertEquals(
                before.status(),
                probe.readPresent(task).status(),
                "a refused command had an effect. Look at: what the gateway takes for a refusal");
    }

    void refusesUnknown() {
        Answer answer = probe.send(bench.unknown(), BatchOperation.stop());
        assertTrue(
                answer.refused(),
                () -> "stop of a task that does not exist was answered with " + answer
                        + ". Look at: the platform's \"no such task\"; it must become Refused or REJECTED");
    }

    void changesOnlyTheTask() {
        TaskRef task = probe.create(TaskSetup.NOT_STARTED);
        TaskRef other = probe.create(TaskSetup.NOT_STARTED);
        MigrationTask before = probe.readPresent(other);
        Answer answer = probe.send(task, BatchOperation.modifyAlertLevel(AlertLevel.HIGH));
        assumeTrue(answer.taken(), "the platform cannot modify alert configurations: " + answer);
        boolean unused = probe.settles(task, shown -> levelOf(shown) == AlertLevel.HIGH);
        assertEquals(
                List.of(before.status(), before.alertLevel()),
                List.of(
                        probe.readPresent(other).status(),
                        probe.readPresent(other).alertLevel()),
                "RUN-6: a command for one task changed another. Look at: how the command names its task");
        assertEquals(
                before.status(),
                probe.readPresent(task).status(),
                "RUN-6: modifying the alert level changed the status. Look at: what the command sends");
    }

    void deduplicates() {
        probe.assumeDeclared(GatewayCapability.DEDUPLICATION);
        TaskRef task = probe.create(TaskSetup.NOT_STARTED);
        String first = probe.newKey();
        assertTaken(probe.send(task, BatchOperation.modifyAlertLevel(AlertLevel.HIGH), first, 1));
        assertTrue(probe.settles(task, shown -> levelOf(shown) == AlertLevel.HIGH), "the level never arrived");
        assertTaken(probe.send(task, BatchOperation.modifyAlertLevel(AlertLevel.LOW), probe.newKey(), 1));
        assertTrue(probe.settles(task, shown -> levelOf(shown) == AlertLevel.LOW), "the level never arrived");
        Answer repeated = probe.send(task, BatchOperation.modifyAlertLevel(AlertLevel.HIGH), first, 1);
        assertFalse(
                probe.settles(task, shown -> levelOf(shown) == AlertLevel.HIGH),
                () -> "DEDUPLICATION: a repeated key had its effect again (" + repeated + ")."
                        + " Look at: where seen keys are kept, or do not declare DEDUPLICATION");
    }

    void fences() {
        probe.assumeDeclared(GatewayCapability.FENCING);
        TaskRef task = probe.create(TaskSetup.NOT_STARTED);
        assertTaken(probe.send(task, BatchOperation.modifyAlertLevel(AlertLevel.LOW), probe.newKey(), 7));
        assertTrue(probe.settles(task, shown -> levelOf(shown) == AlertLevel.LOW), "the level never arrived");
        Answer stale = probe.send(task, BatchOperation.modifyAlertLevel(AlertLevel.HIGH), probe.newKey(), 6);
        assertTrue(
                stale.refused(),
                () -> "FENCING: token 6 after token 7 was answered with " + stale
                        + ". Look at: where the highest token of a run is kept, or do not declare FENCING");
        probe.look();
        assertEquals(
                AlertLevel.LOW,
                probe.readPresent(task).alertLevel(),
                "FENCING: a refused token had an effect. Look at: whether the token is compared before the effect");
    }

    private void leadsTo(TaskSetup setup, BatchOperation operation, Predicate<@Nullable MigrationTask> wanted) {
        TaskRef task = probe.create(setup);
        Answer answer = probe.send(task, operation);
        String title = operation.kind().title();
        assertFalse(
                answer.denied() && probe.settles(task, wanted),
                () -> "RUN-3: " + title + " was answered with " + answer + ", which says that nothing happened, and the"
                        + " effect is shown. Look at: what can still fail once the platform has the command; that is"
                        + " GatewayException.ambiguous");
        assertTrue(
                answer.taken(),
                () -> "RUN-4: " + title + " of a task that is " + setup.title() + " was answered with " + answer
                        + ". Look at: how the operation is sent; if the platform cannot do it, let the bench return"
                        + " empty for this setup");
        assertTrue(
                probe.settles(task, wanted),
                () -> "RUN-4: " + title + " was answered with " + answer + ", but after " + bench.settleTime()
                        + " the task is shown as " + probe.read(task) + ". Look at: whether the command arrives, how"
                        + " read maps status, stage and level, and settleTime() of the bench");
    }

    private static void assertTaken(Answer answer) {
        assertTrue(answer.taken(), () -> "the command was answered with " + answer + "; it should have been taken");
    }

    private static boolean isStarted(@Nullable MigrationTask task) {
        return task != null && STARTED.contains(task.status());
    }

    private static @Nullable TaskStatus statusOf(@Nullable MigrationTask task) {
        return task == null ? null : task.status();
    }

    private static @Nullable AlertLevel levelOf(@Nullable MigrationTask task) {
        return task == null ? null : task.alertLevel();
    }
}
