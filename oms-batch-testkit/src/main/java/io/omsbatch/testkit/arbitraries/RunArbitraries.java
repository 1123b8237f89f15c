package io.omsbatch.testkit.arbitraries;

import io.omsbatch.api.engine.Control;
import io.omsbatch.api.engine.ControlAnswer;
import io.omsbatch.api.engine.HealthGate;
import io.omsbatch.api.engine.Progress;
import io.omsbatch.api.engine.RunControl;
import io.omsbatch.api.engine.RunFamily;
import io.omsbatch.api.engine.TaskStory;
import io.omsbatch.api.operation.RunAction;
import io.omsbatch.api.switchover.SwitchoverAction;
import io.omsbatch.api.task.SwitchoverStep;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/**
 * Random controls of runs, answers, events, and what engines tell of runs.
 *
 * @since 0.1.0
 */
public final class RunArbitraries {

    private RunArbitraries() {}

    /** Returns whole lanes and single tasks. */
    public static Arbitrary<Control.Target> targets() {
        return Arbitraries.oneOf(
                Arbitraries.of(1, 2, Integer.MAX_VALUE).map(Control.Target.WholeLane::new),
                TaskArbitraries.refs().set().ofMinSize(1).ofMaxSize(4).map(Control.Target.Tasks::new));
    }

    /** Returns controls of switchovers, with and without consent. */
    public static Arbitrary<Control> controls() {
        return Combinators.combine(
                        Arbitraries.of(SwitchoverAction.class),
                        Arbitraries.of(SwitchoverStep.inOrder()),
                        targets(),
                        versions(),
                        OperationArbitraries.actors(),
                        TextArbitraries.reasons(),
                        TextArbitraries.ids().injectNull(0.7))
                .as(Control::new)
                .withoutEdgeCases();
    }

    /** Returns controls of whole runs. */
    public static Arbitrary<RunControl> runControls() {
        return Combinators.combine(
                        Arbitraries.of(RunAction.class),
                        versions(),
                        OperationArbitraries.actors(),
                        TextArbitraries.reasons())
                .as(RunControl::new)
                .withoutEdgeCases();
    }

    /** Returns answers of every kind. */
    public static Arbitrary<ControlAnswer> answers() {
        Arbitrary<ControlAnswer> refused = Combinators.combine(
                        Arbitraries.of(ControlAnswer.Refusal.class), TextArbitraries.names())
                .as(ControlAnswer.Refused::new);
        Arbitrary<ControlAnswer> consent = Combinators.combine(TextArbitraries.ids(), TextArbitraries.names())
                .as(ControlAnswer.ConsentNeeded::new);
        Arbitrary<ControlAnswer> pending = Combinators.combine(TextArbitraries.ids(), TextArbitraries.names())
                .as(ControlAnswer.Pending::new);
        return Arbitraries.oneOf(
                TaskArbitraries.refs().set().ofMaxSize(4).map(ControlAnswer.Accepted::new), refused, consent, pending);
    }

    /** Returns how far runs have come; the numbers add up. */
    public static Arbitrary<Progress> progress() {
        Arbitrary<Integer> some = Arbitraries.of(0, 1, 2, 17, 100_000);
        return Combinators.combine(
                        some,
                        some,
                        some,
                        some,
                        Arbitraries.doubles().between(0, 1_000),
                        TimeArbitraries.spans().injectNull(0.4))
                .as((successful, unsuccessful, inFlight, waiting, perSecond, remaining) -> new Progress(
                        successful + unsuccessful + inFlight + waiting,
                        successful + unsuccessful,
                        unsuccessful,
                        inFlight,
                        waiting,
                        perSecond,
                        remaining))
                .withoutEdgeCases();
    }

    /** Returns what a health gate is asked after a wave. */
    public static Arbitrary<HealthGate.Question> questions() {
        return Combinators.combine(
                        TextArbitraries.ids(),
                        OperationArbitraries.policedRequests(),
                        Arbitraries.integers().between(1, 5),
                        Arbitraries.integers().between(0, 5),
                        OutcomeArbitraries.results().list().ofMaxSize(3))
                .as((runId, request, wave, more, ended) ->
                        new HealthGate.Question(runId, request, wave, wave + more, ended))
                .withoutEdgeCases();
    }

    /** Returns what a health gate answers. */
    public static Arbitrary<HealthGate.Health> healths() {
        return Combinators.combine(Arbitraries.of(HealthGate.State.class), TextArbitraries.names())
                .as(HealthGate.Health::new);
    }

    /** Returns what happened to tasks. */
    public static Arbitrary<TaskStory> stories() {
        return Combinators.combine(
                        TextArbitraries.ids(),
                        TaskArbitraries.refs(),
                        sentences().list().ofMaxSize(4),
                        TextArbitraries.names())
                .as(TaskStory::new)
                .withoutEdgeCases();
    }

    static Arbitrary<TaskStory.Sentence> sentences() {
        return Combinators.combine(TimeArbitraries.times(), TextArbitraries.names())
                .as(TaskStory.Sentence::new);
    }

    /** Returns runs that took up each other's tasks. */
    public static Arbitrary<RunFamily> families() {
        return Combinators.combine(
                        JournalArbitraries.summaries().list().ofMinSize(1).ofMaxSize(3),
                        truths().list().ofMaxSize(4))
                .as(RunFamily::new)
                .withoutEdgeCases();
    }

    static Arbitrary<RunFamily.Truth> truths() {
        return Combinators.combine(
                        TaskArbitraries.refs(),
                        TextArbitraries.ids(),
                        OutcomeArbitraries.results().injectNull(0.3))
                .as(RunFamily.Truth::new)
                .withoutEdgeCases();
    }

    private static Arbitrary<Long> versions() {
        return Arbitraries.of(0L, 1L, 17L, Long.MAX_VALUE);
    }
}
