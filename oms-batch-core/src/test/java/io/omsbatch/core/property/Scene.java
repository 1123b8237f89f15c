package io.omsbatch.core.property;

import io.omsbatch.api.engine.BatchEngine;
import io.omsbatch.api.engine.BatchRun;
import io.omsbatch.api.journal.JournalStore;
import io.omsbatch.api.operation.Actor;
import io.omsbatch.api.operation.BatchOperation;
import io.omsbatch.api.operation.BatchRequest;
import io.omsbatch.api.operation.RunPolicy;
import io.omsbatch.api.outcome.BatchReport;
import io.omsbatch.api.plan.BatchPlan;
import io.omsbatch.api.task.MigrationTask;
import io.omsbatch.api.task.TaskRef;
import io.omsbatch.core.EngineBuilder;
import io.omsbatch.core.OmsBatch;
import io.omsbatch.core.journal.InMemoryJournalStore;
import io.omsbatch.testkit.check.PlatformBreaches;
import io.omsbatch.testkit.check.RunHistory;
import io.omsbatch.testkit.fake.FakePlatform;
import io.omsbatch.testkit.fake.VirtualEnvironment;
import io.omsbatch.testkit.fault.FaultKind;
import io.omsbatch.testkit.fault.FaultScript;
import io.omsbatch.testkit.history.RecordingJournal;
import java.time.Duration;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** An engine over a simulated platform, for one try. */
final class Scene implements AutoCloseable {

    static final Actor ANN = new Actor("ann");
    static final Duration LONG = Duration.ofDays(2);

    /** Faults that take a call slot for good, behind which the others are not attempted. */
    private static final Set<FaultKind> SLOT_TAKING = EnumSet.of(
            FaultKind.NEVER_RETURN_BEFORE_EFFECT,
            FaultKind.NEVER_RETURN_AFTER_EFFECT,
            FaultKind.LATE_WITHOUT_EFFECT,
            FaultKind.LATE_AFTER_EFFECT,
            FaultKind.LATE_WITH_EFFECT);

    final VirtualEnvironment environment;
    final FakePlatform platform;
    final RecordingJournal journal;
    final BatchEngine engine;
    private final Setting setting;
    private int requests;

    Scene(Setting setting, List<MigrationTask> tasks, FaultScript faults) {
        this.setting = setting;
        environment = new VirtualEnvironment(setting.seed());
        platform = new FakePlatform(environment, setting.platform(), faults);
        journal = new RecordingJournal(new InMemoryJournalStore(environment.clock()), platform.recorder());
        engine = another();
        tasks.forEach(platform::add);
    }

    /** Builds another engine that shares the journal. */
    BatchEngine another() {
        return another(journal);
    }

    /** Builds another engine, on its own way to the journal. */
    BatchEngine another(JournalStore way) {
        EngineBuilder builder =
                OmsBatch.engine(platform).environment(environment).journal(way).settings(setting.engine());
        setting.limits().resources().forEach(builder::limit);
        return builder.build();
    }

    /** Lets so much time pass that everybody sees what was set up. */
    void letSettle() {
        environment.advance(setting.platform().capabilities().maximumStaleness());
    }

    BatchPlan plan(BatchOperation operation, Collection<TaskRef> tasks) {
        return plan(operation, tasks, RunPolicy.none());
    }

    BatchPlan plan(BatchOperation operation, Collection<TaskRef> tasks, RunPolicy policy) {
        requests++;
        return engine.plan(
                BatchRequest.of("request-" + requests, ANN, operation, tasks).with(policy));
    }

    BatchReport await(BatchRun run) {
        try {
            return run.await(LONG)
                    .orElseThrow(() -> new AssertionError("RUN-8 is broken: the run did not end within " + LONG
                            + ", it is " + run.progress() + "\n" + platform.history()));
        } catch (InterruptedException interrupted) {
            throw new AssertionError(interrupted);
        }
    }

    RunHistory history(BatchRun run, BatchReport report) {
        return new RunHistory(
                journal.run(run.id()).orElseThrow(),
                report,
                platform.recording(journal),
                platform.capabilities(),
                setting.bounds());
    }

    /** Fails if the platform saw what no engine should do, or something was thrown that nobody caught. */
    void requireUnbroken(RunHistory history) {
        List<String> breaches = PlatformBreaches.unexplained(
                history, platform.breaches(), platform.faultsPlayed().keySet());
        if (!breaches.isEmpty()) {
            throw new AssertionError(String.join("\n", breaches) + "\n" + history.print());
        }
        if (!environment.uncaught().isEmpty()) {
            throw new AssertionError(
                    "nobody caught this\n" + history.print(),
                    environment.uncaught().get(0));
        }
    }

    int faultsPlayed() {
        return platform.faultsPlayed().values().stream()
                .mapToInt(Integer::intValue)
                .sum();
    }

    /** Returns whether calls may have taken all slots for good, so that tasks that nothing befell were not attempted. */
    boolean slotsTaken() {
        return platform.faultsPlayed().keySet().stream().anyMatch(SLOT_TAKING::contains);
    }

    @Override
    public void close() {
        engine.close();
        environment.close();
    }
}
