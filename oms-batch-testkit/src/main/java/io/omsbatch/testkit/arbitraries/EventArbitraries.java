package io.omsbatch.testkit.arbitraries;

import io.omsbatch.api.Limits;
import io.omsbatch.api.event.BatchEvent;
import io.omsbatch.api.operation.RunAction;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/**
 * Random events as listeners get them.
 *
 * @since 0.1.0
 */
public final class EventArbitraries {

    private EventArbitraries() {}

    /** Returns stamps. */
    public static Arbitrary<BatchEvent.Stamp> stamps() {
        return Combinators.combine(
                        TextArbitraries.ids(), Arbitraries.of(1L, 2L, 17L, Long.MAX_VALUE), TimeArbitraries.times())
                .as(BatchEvent.Stamp::new);
    }

    /** Returns events of every kind. */
    public static Arbitrary<BatchEvent> events() {
        return Arbitraries.oneOf(
                runsStarted().map(event -> event),
                attemptsStarted().map(event -> event),
                attemptsFailed().map(event -> event),
                stepsChanged().map(event -> event),
                tasksEnded().map(event -> event),
                runsControlled().map(event -> event),
                runsParked().map(event -> event),
                runsEnded().map(event -> event));
    }

    static Arbitrary<BatchEvent.RunStarted> runsStarted() {
        return Combinators.combine(stamps(), Arbitraries.of(1, 17, Limits.TASKS))
                .as(BatchEvent.RunStarted::new);
    }

    static Arbitrary<BatchEvent.AttemptStarted> attemptsStarted() {
        return Combinators.combine(
                        stamps(),
                        TaskArbitraries.refs(),
                        TextArbitraries.ids(),
                        Arbitraries.integers().between(1, 5))
                .as(BatchEvent.AttemptStarted::new)
                .withoutEdgeCases();
    }

    static Arbitrary<BatchEvent.AttemptFailed> attemptsFailed() {
        return Combinators.combine(
                        stamps(),
                        TaskArbitraries.refs(),
                        TextArbitraries.ids(),
                        Arbitraries.integers().between(1, 5),
                        OutcomeArbitraries.problems())
                .as(BatchEvent.AttemptFailed::new)
                .withoutEdgeCases();
    }

    static Arbitrary<BatchEvent.StepChanged> stepsChanged() {
        return Combinators.combine(
                        stamps(),
                        TaskArbitraries.refs(),
                        SwitchoverArbitraries.standings(),
                        OutcomeArbitraries.problems().injectNull(0.6))
                .as(BatchEvent.StepChanged::new)
                .withoutEdgeCases();
    }

    static Arbitrary<BatchEvent.TaskEnded> tasksEnded() {
        return Combinators.combine(stamps(), OutcomeArbitraries.results())
                .as(BatchEvent.TaskEnded::new)
                .withoutEdgeCases();
    }

    static Arbitrary<BatchEvent.RunControlled> runsControlled() {
        return Combinators.combine(
                        stamps(),
                        Arbitraries.of(RunAction.class),
                        OperationArbitraries.actors(),
                        TextArbitraries.reasons())
                .as(BatchEvent.RunControlled::new)
                .withoutEdgeCases();
    }

    static Arbitrary<BatchEvent.RunParked> runsParked() {
        return Combinators.combine(stamps(), OutcomeArbitraries.problems())
                .as(BatchEvent.RunParked::new)
                .withoutEdgeCases();
    }

    static Arbitrary<BatchEvent.RunEnded> runsEnded() {
        return Combinators.combine(stamps(), OutcomeArbitraries.reports())
                .as(BatchEvent.RunEnded::new)
                .withoutEdgeCases();
    }
}
