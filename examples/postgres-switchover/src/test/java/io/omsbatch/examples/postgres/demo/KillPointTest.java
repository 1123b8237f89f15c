package io.omsbatch.examples.postgres.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.omsbatch.api.gateway.CommandContext;
import io.omsbatch.api.gateway.FencingToken;
import io.omsbatch.api.gateway.GatewayReply;
import io.omsbatch.api.gateway.StepCommand;
import io.omsbatch.api.gateway.SwitchoverGateway;
import io.omsbatch.api.operation.Actor;
import io.omsbatch.api.task.SwitchoverStep;
import io.omsbatch.api.task.TaskRef;
import java.lang.reflect.Proxy;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("A kill point ends the process in the middle of a step")
class KillPointTest {
    private final List<String> commanded = new ArrayList<>();
    private final SwitchoverGateway platform = (SwitchoverGateway) Proxy.newProxyInstance(
            getClass().getClassLoader(), new Class<?>[] {SwitchoverGateway.class}, (proxy, method, arguments) -> {
                StepCommand command = (StepCommand) arguments[0];
                commanded.add(command.task().id() + " " + command.step());
                return GatewayReply.accepted();
            });

    static Stream<SwitchoverStep> steps() {
        return SwitchoverStep.inOrder().stream();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("steps")
    @DisplayName(
            "at each of the eight steps, when half of the tasks are commanded and the last of them is not answered")
    void everyStep(SwitchoverStep step) {
        KillPoint point =
                new KillPoint(platform, StepName.step("--kill-at", StepName.of(step)), 5, KillPointTest::killed);
        for (SwitchoverStep other : SwitchoverStep.inOrder()) {
            if (other != step) {
                assertThat(point.command(command("a", other))).isEqualTo(GatewayReply.accepted());
            }
        }
        commanded.clear();
        point.command(command("a", step));
        point.command(command("a", step));
        point.command(command("b", step));
        assertThatThrownBy(() -> point.command(command("c", step))).isInstanceOf(Killed.class);
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> point.command(command("d", step))).hasMessageContaining("held back");
        assertThat(Thread.interrupted()).isTrue();
        assertThat(commanded).containsExactly("a " + step, "a " + step, "b " + step, "c " + step);
    }

    @Test
    @DisplayName("a step that is skipped does not count, and one task is enough")
    void skipped() {
        SwitchoverStep step = SwitchoverStep.SWITCHOVER_PRECHECK;
        KillPoint point = new KillPoint(platform, step, 1, KillPointTest::killed);
        point.command(new StepCommand(task("a"), step, 1, StepCommand.Action.SKIP, context()));
        assertThatThrownBy(() -> point.command(command("a", step))).isInstanceOf(Killed.class);
    }

    @Test
    @DisplayName("a step that nobody knows is refused, with the names of those that are known")
    void unknownStep() {
        assertThatThrownBy(() -> StepName.step("--kill-at", "step-9"))
                .hasMessageStartingWith("--kill-at names 'step-9'; it must be one of start-forward-switchover, ")
                .hasMessageEndingWith(", start-reverse-increment");
    }

    private static StepCommand command(String task, SwitchoverStep step) {
        return new StepCommand(task(task), step, 1, StepCommand.Action.RUN, context());
    }

    private static TaskRef task(String id) {
        return new TaskRef("postgres", id);
    }

    private static CommandContext context() {
        return new CommandContext("run", "key", 1, new FencingToken(1), Instant.EPOCH, new Actor("ann"));
    }

    private static void killed() {
        throw new Killed();
    }

    private static final class Killed extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }
}
