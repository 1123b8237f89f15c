package io.omsbatch.core;

import static io.omsbatch.core.EngineHarness.ANN;
import static org.assertj.core.api.Assertions.assertThat;

import io.omsbatch.api.engine.Control;
import io.omsbatch.api.engine.ControlAnswer;
import io.omsbatch.api.engine.SwitchoverWorkflow;
import io.omsbatch.api.journal.JournalRecord;
import io.omsbatch.api.journal.JournalRecord.Kind;
import io.omsbatch.api.outcome.BatchReport;
import io.omsbatch.api.outcome.TaskOutcome;
import io.omsbatch.api.switchover.SwitchoverAction;
import io.omsbatch.api.task.SwitchoverStep;
import io.omsbatch.core.settings.OutageSettings;
import io.omsbatch.testkit.fake.PlatformSettings;
import io.omsbatch.testkit.fault.FaultScript;
import io.omsbatch.testkit.history.GatewayCall;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/** Runs that meet an outage of their journal, and what must be true of them. */
final class OutageWorld {

    static final int TASKS = 40;

    private OutageWorld() {}

    static EngineHarness world() {
        return world(OutageSettings.defaults());
    }

    /** Each call takes up to 200 ms, and each effect up to 3 s, so that a run of 40 tasks takes some seconds. */
    static EngineHarness world(OutageSettings outage) {
        return new EngineHarness(
                PlatformSettings.of(11).withLatency(Duration.ofMillis(200)),
                FaultScript.none(),
                settings -> settings.withOutage(outage));
    }

    static void advance(EngineHarness world, long millis) {
        world.environment.advance(Duration.ofMillis(millis));
    }

    /** As if there had been no outage: the intents that could not be written left no trace. */
    static void requireNoTrace(EngineHarness world, BatchReport report) {
        requireAllOnce(world, report);
        assertThat(world.facts(Kind.INTENT))
                .hasSameSizeAs(report.results())
                .allMatch(intent -> intent.subject().attempt() == 1);
        assertThat(report.results()).allMatch(result -> result.attempts() == 1);
        assertThat(world.facts(Kind.RESULT)).isEmpty();
    }

    /** Nothing was commanded twice, each task has one outcome in the journal, and what the report says stands there. */
    static void requireAllOnce(EngineHarness world, BatchReport report) {
        assertThat(report.count(TaskOutcome.Kind.SUCCEEDED))
                .as(() -> report.render() + world.platform.history())
                .isEqualTo(report.results().size());
        requireNothingTwice(world);
        assertThat(world.facts(Kind.OUTCOME)).hasSameSizeAs(report.results());
        assertThat(world.facts(Kind.ENDED)).hasSize(1);
    }

    static void requireNothingTwice(EngineHarness world) {
        Map<String, Integer> commands = new HashMap<>();
        for (GatewayCall call : world.commands()) {
            commands.merge(call.order().what() + " " + call.tasks(), 1, Integer::sum);
        }
        assertThat(commands.values()).as("%s", commands).allMatch(times -> times == 1);
        Map<String, Integer> attempts = new HashMap<>();
        for (JournalRecord intent : world.facts(Kind.INTENT)) {
            String step = intent.subject().step() + " of " + intent.subject().task();
            assertThat(intent.subject().attempt())
                    .as("the attempt of %s", step)
                    .isEqualTo(attempts.merge(step, 1, Integer::sum));
        }
        assertThat(world.journal.entries())
                .extracting(entry -> entry.entry().record())
                .filteredOn(fact -> fact.kind() != Kind.PARKED)
                .extracting(fact -> fact.kind() + " " + fact.subject() + " " + fact.code())
                .doesNotHaveDuplicates();
    }

    static ControlAnswer confirm(SwitchoverWorkflow workflow) {
        return workflow.act(Control.all(
                SwitchoverAction.CONFIRM,
                SwitchoverStep.START_FORWARD_SWITCHOVER,
                1,
                workflow.board().version(),
                ANN,
                "go"));
    }
}
