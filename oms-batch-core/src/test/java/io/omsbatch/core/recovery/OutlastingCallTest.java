package io.omsbatch.core.recovery;

import static org.assertj.core.api.Assertions.assertThat;

import io.omsbatch.api.engine.BatchEngine;
import io.omsbatch.api.engine.BatchRun;
import io.omsbatch.api.engine.ControlAnswer;
import io.omsbatch.api.engine.RunControl;
import io.omsbatch.api.engine.RunState;
import io.omsbatch.api.gateway.FencingToken;
import io.omsbatch.api.gateway.GatewayCapabilities;
import io.omsbatch.api.gateway.GatewayCapability;
import io.omsbatch.api.journal.JournalRecord;
import io.omsbatch.api.operation.Actor;
import io.omsbatch.api.operation.BatchOperation;
import io.omsbatch.api.operation.BatchRequest;
import io.omsbatch.api.operation.OperationKind;
import io.omsbatch.api.operation.RunAction;
import io.omsbatch.api.outcome.BatchReport;
import io.omsbatch.api.outcome.TaskOutcome;
import io.omsbatch.api.plan.BatchPlan;
import io.omsbatch.api.task.MigrationTask;
import io.omsbatch.api.task.TaskRef;
import io.omsbatch.core.OmsBatch;
import io.omsbatch.core.journal.InMemoryJournalStore;
import io.omsbatch.core.settings.CallSettings;
import io.omsbatch.core.settings.LeaseSettings;
import io.omsbatch.testkit.fake.FakePlatform;
import io.omsbatch.testkit.fake.PlatformSettings;
import io.omsbatch.testkit.fake.VirtualEnvironment;
import io.omsbatch.testkit.fault.CallPattern;
import io.omsbatch.testkit.fault.Fault;
import io.omsbatch.testkit.fault.FaultKind;
import io.omsbatch.testkit.fault.FaultScript;
import io.omsbatch.testkit.history.GatewayCall;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** An owner cannot renew its lease, sends a command just before it has to stop, and loses its run while the call still lasts. */
@DisplayName("DUR-2: A call that outlasts the lease of its engine, at a platform that fences and does not deduplicate,")
class OutlastingCallTest {

    private static final Actor ANN = new Actor("ann");
    private static final TaskRef TASK = new TaskRef("oms", "t1");
    private static final Duration EFFECT_DELAY = Duration.ofSeconds(2);

    private final VirtualEnvironment environment = new VirtualEnvironment(3);
    private final InMemoryJournalStore journal = new InMemoryJournalStore(environment.clock());
    private final List<BatchEngine> engines = new ArrayList<>();

    @AfterEach
    void close() {
        engines.forEach(BatchEngine::close);
        environment.close();
    }

    private FakePlatform platform(FaultKind first) {
        GatewayCapabilities fences =
                GatewayCapabilities.of(GatewayCapability.FENCING).withMaximumEffectDelay(EFFECT_DELAY);
        Fault late = new Fault(first, CallSettings.defaults().timeout().minusSeconds(1));
        FakePlatform platform = new FakePlatform(
                environment,
                PlatformSettings.of(3).withSettle(Duration.ZERO).withCapabilities(fences),
                FaultScript.none().times(CallPattern.of(OperationKind.START), 1, late));
        platform.add(MigrationTask.builder(TASK).build());
        return platform;
    }

    private BatchEngine engine(FakePlatform platform, Doom doom) {
        BatchEngine engine = OmsBatch.engine(platform)
                .environment(environment)
                .journal(doom.journal(journal))
                .build();
        engines.add(engine);
        return engine;
    }

    private static void act(BatchRun run, RunAction action) {
        assertThat(run.control(new RunControl(action, run.version(), ANN, "x")))
                .isInstanceOf(ControlAnswer.Accepted.class);
    }

    /** Returns the report of the engine that took the run over as soon as it could. */
    private BatchReport takenOver(FakePlatform platform) {
        loseOwner(platform);
        BatchEngine second = engine(platform, Doom.never());
        List<BatchRun> taken = second.recover();
        while (taken.isEmpty()) {
            environment.advance(Duration.ofMillis(100));
            taken = second.recover();
        }
        assertThat(deadline(platform))
                .as("the end of the call")
                .isAfter(environment.clock().instant());
        return report(taken.get(0));
    }

    /** Returns the report after the owner parked the run and was lost, and an operator released its claims and resumed it. */
    private BatchReport releasedAndResumed(FakePlatform platform) {
        BatchRun lost = loseOwner(platform);
        Instant now = environment.clock().instant();
        JournalRecord parked =
                new JournalRecord(now, JournalRecord.Kind.PARKED, null, "ENGINE_DEFECT", Map.of("message", "a defect"));
        journal.append(lost.id(), new FencingToken(1), List.of(parked));
        BatchRun there = engine(platform, Doom.never()).find(lost.id()).orElseThrow();
        while (!(there.control(new RunControl(RunAction.RELEASE_CLAIMS, there.version(), ANN, "x"))
                instanceof ControlAnswer.Accepted)) {
            environment.advance(Duration.ofMillis(100));
        }
        act(there, RunAction.RESUME);
        assertThat(deadline(platform))
                .as("the end of the call")
                .isAfter(environment.clock().instant());
        return report(there);
    }

    private BatchReport report(BatchRun run) {
        for (int waited = 0; waited < 3_600 && run.state() == RunState.RUNNING; waited++) {
            environment.advance(Duration.ofSeconds(1));
        }
        try {
            return run.await(Duration.ofSeconds(1)).orElseThrow();
        } catch (InterruptedException interrupted) {
            throw new AssertionError(interrupted);
        }
    }

    /** Lets an engine send a command just before it has to stop. */
    private BatchRun loseOwner(FakePlatform platform) {
        LeaseSettings lease = LeaseSettings.defaults();
        Doom doom = Doom.never();
        BatchEngine first = engine(platform, doom);
        BatchPlan plan = first.plan(BatchRequest.of("request", ANN, BatchOperation.start(), List.of(TASK)));
        BatchRun run = first.run(plan.confirm(ANN, "go-live"));
        act(run, RunAction.PAUSE);
        environment.advance(lease.renewal().plusMillis(500)); // one renewal
        doom.renewNothing();
        environment.advance(lease.selfFence().minusSeconds(1));
        act(run, RunAction.RESUME);
        environment.advance(Duration.ofMillis(100));
        assertThat(commands(platform)).hasSize(1);
        return run;
    }

    private static List<GatewayCall> commands(FakePlatform platform) {
        return platform.calls().stream().filter(call -> call.order() != null).toList();
    }

    private static Instant deadline(FakePlatform platform) {
        return Objects.requireNonNull(commands(platform).get(0).order())
                .context()
                .deadline();
    }

    @Test
    @DisplayName("is not repeated by the next owner while it may still have its effect, which is seen when it comes")
    void late() {
        FakePlatform platform = platform(FaultKind.LATE_WITH_EFFECT);
        BatchReport report = takenOver(platform);
        assertThat(report.count(TaskOutcome.Kind.SUCCEEDED)).as(report::render).isEqualTo(1);
        assertThat(commands(platform)).as(platform.history()).hasSize(1);
    }

    @Test
    @DisplayName("is repeated once it is over and its effect would have been seen")
    void never() {
        FakePlatform platform = platform(FaultKind.BLOCK_BEFORE_EFFECT);
        BatchReport report = takenOver(platform);
        assertThat(report.count(TaskOutcome.Kind.SUCCEEDED)).as(report::render).isEqualTo(1);
        assertThat(commands(platform)).as(platform.history()).hasSize(2);
        assertThat(commands(platform).get(1).begun().at())
                .isAfterOrEqualTo(deadline(platform).plus(EFFECT_DELAY));
    }

    @Test
    @DisplayName(
            "RUN-3: is not repeated after the claims of its run were released either, while it may still have its effect")
    void lateAfterRelease() {
        FakePlatform platform = platform(FaultKind.LATE_WITH_EFFECT);
        BatchReport report = releasedAndResumed(platform);
        assertThat(report.count(TaskOutcome.Kind.SUCCEEDED)).as(report::render).isEqualTo(1);
        assertThat(commands(platform)).as(platform.history()).hasSize(1);
    }
}
