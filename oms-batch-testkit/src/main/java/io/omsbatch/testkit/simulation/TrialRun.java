package io.omsbatch.testkit.simulation;

import io.omsbatch.api.OmsBatchException;
import io.omsbatch.api.engine.BatchEngine;
import io.omsbatch.api.engine.BatchRun;
import io.omsbatch.api.engine.RunState;
import io.omsbatch.api.engine.SwitchoverWorkflow;
import io.omsbatch.api.journal.JournalStore;
import io.omsbatch.api.journal.RunRecord;
import io.omsbatch.api.operation.Actor;
import io.omsbatch.api.operation.BatchRequest;
import io.omsbatch.api.operation.Confirmation;
import io.omsbatch.api.outcome.BatchReport;
import io.omsbatch.api.task.MigrationTask;
import io.omsbatch.api.task.SwitchoverStep;
import io.omsbatch.testkit.check.PlatformBreaches;
import io.omsbatch.testkit.check.Promises;
import io.omsbatch.testkit.check.RunBounds;
import io.omsbatch.testkit.check.RunHistory;
import io.omsbatch.testkit.fake.FakePlatform;
import io.omsbatch.testkit.fake.VirtualEnvironment;
import io.omsbatch.testkit.history.HistoryText;
import io.omsbatch.testkit.history.RecordingJournal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One trial under way: a platform, a journal, and processes that come and go. */
final class TrialRun implements AutoCloseable {

    static final Actor ANN = new Actor("ann");
    private static final String REQUEST = "request";
    private static final Duration LOOK = Duration.ofSeconds(7);
    private static final int MOST_LOOKS = 4_000;
    private static final int LOOKS_BETWEEN_RECOVERIES = 6;

    private final Trial trial;
    private final SimulatedHost host;
    private final Tally tally;
    private final VirtualEnvironment world;
    private final FakePlatform platform;
    private final JournalStore store;
    private final RecordingJournal journal;
    private final Path path;
    private final Fates fates;
    private final Map<SimulatedProcess, BatchEngine> engines = new LinkedHashMap<>();

    TrialRun(Trial trial, SimulatedHost host, Tally tally, Path path) {
        this.trial = trial;
        this.host = host;
        this.tally = tally;
        this.path = path;
        world = new VirtualEnvironment(trial.seed());
        platform = new FakePlatform(world, trial.platform(), trial.faults());
        store = host.journal(world.clock());
        journal = new RecordingJournal(store, platform.recorder());
        fates = new Fates(trial.troubles(), host.takenOverAfter(), tally, path);
        trial.tasks().forEach(this::add);
    }

    private void add(MigrationTask task) {
        platform.add(task);
        if (task.switchover() != null && task.switchover().step() != SwitchoverStep.START_FORWARD_SWITCHOVER) {
            platform.leaveTraces(task.ref());
        }
    }

    /** Runs the trial to its end, and judges it. */
    void play() {
        tally.trial();
        begin();
        Optional<RunRecord> run = journal.runOfRequest(REQUEST);
        if (run.isEmpty()) {
            requireUntouched();
            return;
        }
        BatchReport report = seeThrough(run.get().runId());
        report.results().forEach(result -> tally.outcome(result.outcome().kind().name()));
        RunHistory history =
                new RunHistory(run.get(), report, platform.recording(journal), platform.capabilities(), bounds());
        judge(history);
        closeEngines();
        requireQuiet(history);
        platform.faultsPlayed().forEach((kind, times) -> tally.fault(kind.name()));
    }

    VirtualEnvironment world() {
        return world;
    }

    private void begin() {
        SimulatedProcess first = start();
        if (trial.seed() % 2 != 0) {
            start();
        }
        attempt(first, engine -> {
            Confirmation confirmation = engine.plan(BatchRequest.of(
                                    REQUEST,
                                    ANN,
                                    trial.operation(),
                                    trial.tasks().stream()
                                            .map(MigrationTask::ref)
                                            .toList())
                            .with(trial.policy()))
                    .confirm(ANN, "trial");
            BatchRun unused = engine.run(confirmation);
        });
    }

    private SimulatedProcess start() {
        SimulatedProcess process = new SimulatedProcess(engines.size() + 1, world, fates, platform, journal);
        engines.put(process, host.engine(process));
        return process;
    }

    /** Does something with the engine of a process, which may end with an error that is told, or with its death. */
    private void attempt(SimulatedProcess process, Consumer<BatchEngine> deed) {
        try {
            deed.accept(engines.get(process));
        } catch (ProcessDied | OmsBatchException told) {
            // whoever asked sees that, and asks again
        }
    }

    /** Returns the processes that live and are not frozen, after starting one where there is none. */
    List<SimulatedProcess> present() {
        List<SimulatedProcess> present = new ArrayList<>(engines.keySet().stream()
                .filter(process -> process.alive() && !process.frozen())
                .toList());
        if (present.isEmpty()) {
            SimulatedProcess process = start();
            attempt(process, BatchEngine::recover);
            present.add(process);
        }
        return present;
    }

    private BatchReport seeThrough(String runId) {
        Operators operators = new Operators(trial, this, tally, path);
        for (int look = 1; look <= MOST_LOOKS; look++) {
            for (SimulatedProcess process : present()) {
                if (look % LOOKS_BETWEEN_RECOVERIES == 0) {
                    attempt(process, BatchEngine::recover);
                }
                @Nullable BatchReport[] found = new BatchReport[1];
                attempt(
                        process,
                        engine -> engine.find(runId).ifPresent(run -> {
                            RunState state = run.state();
                            if (state == RunState.ENDED) {
                                found[0] = report(run);
                            } else {
                                operators.look(run, state);
                            }
                        }));
                BatchReport report = found[0];
                if (report != null) {
                    return report;
                }
            }
            world.advance(LOOK);
        }
        throw new AssertionError("RUN-8 is broken: the run did not end within " + world.elapsed() + "\n" + printed()
                + standing(runId) + operators.last());
    }

    private String printed() {
        HistoryText text = new HistoryText(VirtualEnvironment.START);
        platform.recording(journal).printOn(text);
        return text.render();
    }

    /** Returns how each process that is there shows the run. */
    private String standing(String runId) {
        StringBuilder text = new StringBuilder();
        for (SimulatedProcess process : present()) {
            attempt(
                    process,
                    engine -> engine.find(runId).ifPresent(run -> {
                        text.append("process ")
                                .append(process.number())
                                .append(": ")
                                .append(run.state());
                        text.append(", ").append(run.progress()).append('\n');
                        if (run instanceof SwitchoverWorkflow workflow) {
                            text.append(workflow.board().render()).append('\n');
                        }
                    }));
        }
        return text.toString();
    }

    /** Returns the handle of the run from another process than the first that is there, if there is one. */
    Optional<BatchRun> elsewhere(String runId) {
        List<SimulatedProcess> present = present();
        BatchEngine engine = engines.get(present.get(present.size() - 1));
        return engine == null ? Optional.empty() : engine.find(runId);
    }

    private static @Nullable BatchReport report(BatchRun run) {
        try {
            return run.await(Duration.ofSeconds(1)).orElse(null);
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException("a trial was interrupted", interrupted);
        }
    }

    /** A process that is frozen between its last look and its command cannot know how old the look has become. */
    private RunBounds bounds() {
        RunBounds bounds = host.bounds();
        return bounds.withFreshness(bounds.freshness().plus(trial.frozen()));
    }

    private void judge(RunHistory history) {
        Promises.checks(trial.operation().kind().isSwitchover()).forEach((id, check) -> {
            if (!(id.equals("RUN-10")
                    && trial.troublesProcesses())) { // it is a promise of each engine, not of them together
                check.accept(history);
                tally.promise(id);
            }
        });
        List<String> breaches =
                PlatformBreaches.unexplained(
                                history,
                                platform.breaches(),
                                platform.faultsPlayed().keySet())
                        .stream()
                        .filter(breach -> !frozenTooLong(breach))
                        .toList();
        if (!breaches.isEmpty()) {
            throw new AssertionError(String.join("\n", breaches) + "\n" + history.print());
        }
    }

    /** What a process sends that was frozen until another owned its run only a platform can reject that fences. */
    private boolean frozenTooLong(String breach) {
        boolean stale = breach.startsWith("DUR-2 ") || breach.contains("was sent as attempt");
        return stale && trial.frozen().compareTo(host.takenOverAfter()) >= 0;
    }

    private void requireUntouched() {
        if (platform.calls().stream().anyMatch(call -> call.kind().mutates())) {
            throw new AssertionError(
                    "PLAN-1 is broken: something was commanded without a run in the journal\n" + platform.history());
        }
    }

    private void requireQuiet(RunHistory history) {
        List<Throwable> uncaught = world.uncaught();
        if (!uncaught.isEmpty()) {
            throw new AssertionError(
                    "nobody caught this: " + uncaught.get(0) + "\n" + history.print(), uncaught.get(0));
        }
    }

    private void closeEngines() {
        engines.keySet().stream()
                .filter(SimulatedProcess::alive)
                .forEach(process -> attempt(process, BatchEngine::close));
    }

    @Override
    public void close() {
        world.close();
        store.close();
    }
}
