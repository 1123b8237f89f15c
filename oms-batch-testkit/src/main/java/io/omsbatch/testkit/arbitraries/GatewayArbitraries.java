package io.omsbatch.testkit.arbitraries;

import io.omsbatch.api.gateway.CommandContext;
import io.omsbatch.api.gateway.FencingToken;
import io.omsbatch.api.gateway.GatewayCapabilities;
import io.omsbatch.api.gateway.GatewayCapability;
import io.omsbatch.api.gateway.GatewayReply;
import io.omsbatch.api.gateway.StepCommand;
import io.omsbatch.api.gateway.TaskCommand;
import io.omsbatch.api.gateway.TaskPage;
import io.omsbatch.api.task.MigrationTask;
import io.omsbatch.api.task.SwitchoverStep;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;

/**
 * Random commands, and what gateways answer.
 *
 * @since 0.1.0
 */
public final class GatewayArbitraries {

    private static final Duration DAY = Duration.ofDays(1);

    private GatewayArbitraries() {}

    /** Returns tokens, mostly low ones; the least and the highest often. */
    public static Arbitrary<FencingToken> tokens() {
        return Arbitraries.frequencyOf(
                        Tuple.of(4, Arbitraries.longs().between(1, 20)),
                        Tuple.of(1, Arbitraries.of(1L, Long.MAX_VALUE)))
                .map(FencingToken::new);
    }

    /** Returns contexts of first and later attempts. */
    public static Arbitrary<CommandContext> contexts() {
        return Combinators.combine(
                        TextArbitraries.ids(),
                        TextArbitraries.ids(),
                        Arbitraries.of(1, 2, 3, Integer.MAX_VALUE),
                        tokens(),
                        TimeArbitraries.times(),
                        OperationArbitraries.actors())
                .as(CommandContext::new)
                .withoutEdgeCases();
    }

    /** Returns commands of every operation that is one command. */
    public static Arbitrary<TaskCommand> taskCommands() {
        return Combinators.combine(TaskArbitraries.refs(), OperationArbitraries.plainOperations(), contexts())
                .as(TaskCommand::new)
                .withoutEdgeCases();
    }

    /** Returns commands of every step. */
    public static Arbitrary<StepCommand> stepCommands() {
        return Combinators.combine(
                        TaskArbitraries.refs(),
                        Arbitraries.of(SwitchoverStep.inOrder()),
                        Arbitraries.of(1, 2, 3, Integer.MAX_VALUE),
                        Arbitraries.of(StepCommand.Action.class),
                        contexts())
                .as(StepCommand::new)
                .withoutEdgeCases();
    }

    /** Returns replies of every kind. */
    public static Arbitrary<GatewayReply> replies() {
        return Arbitraries.oneOf(
                Arbitraries.of(GatewayReply.done(), GatewayReply.accepted()),
                OutcomeArbitraries.problems().map(GatewayReply.Refused::new));
    }

    /** Returns capabilities of platforms from the simplest to those that can do everything. */
    public static Arbitrary<GatewayCapabilities> capabilities() {
        return Combinators.combine(
                        Arbitraries.of(GatewayCapability.class).set(),
                        TimeArbitraries.durations(Duration.ZERO, DAY),
                        TimeArbitraries.durations(Duration.ZERO, DAY).injectNull(0.5),
                        Arbitraries.of(0L, 1L, 1_000L, Long.MAX_VALUE),
                        Arbitraries.of("oms-eu", "oms-us").set())
                .as(GatewayCapabilities::new)
                .withoutEdgeCases();
    }

    /** Returns pages of a listing: empty, with tasks, and with a task twice, as when it moved between two pages. */
    public static Arbitrary<TaskPage> pages() {
        return Combinators.combine(
                        TaskArbitraries.tasks().list().ofMaxSize(5),
                        Arbitraries.of(false, false, true),
                        TextArbitraries.names().injectNull(0.4))
                .as((tasks, twice, next) -> {
                    List<MigrationTask> page = new ArrayList<>(tasks);
                    if (twice && !tasks.isEmpty()) {
                        page.add(tasks.get(0));
                    }
                    return new TaskPage(page, next);
                })
                .withoutEdgeCases();
    }
}
