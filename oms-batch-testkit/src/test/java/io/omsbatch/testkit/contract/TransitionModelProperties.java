package io.omsbatch.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.omsbatch.api.eligibility.EligibilityPolicy;
import io.omsbatch.api.gateway.GatewayCapabilities;
import io.omsbatch.api.gateway.GatewayCapability;
import io.omsbatch.api.gateway.GatewayReply;
import io.omsbatch.api.gateway.StepCommand;
import io.omsbatch.api.gateway.SwitchoverGateway;
import io.omsbatch.api.gateway.TaskCommand;
import io.omsbatch.api.operation.BatchOperation;
import io.omsbatch.api.operation.OperationKind;
import io.omsbatch.api.task.MigrationTask;
import io.omsbatch.api.task.Stage;
import io.omsbatch.api.task.StageProgress;
import io.omsbatch.api.task.TaskRef;
import io.omsbatch.api.task.TaskStatus;
import io.omsbatch.testkit.fake.PlatformSettings;
import io.omsbatch.testkit.model.TransitionModel;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.state.ActionChain;
import net.jqwik.api.statistics.Statistics;

@Label("The model of transitions")
class TransitionModelProperties {

    private static final Duration STAGE = Duration.ofSeconds(2);
    private static final PlatformSettings SETTINGS =
            PlatformSettings.of(3).withStage(STAGE).withCapabilities(GatewayCapabilities.of(GatewayCapability.UNDO));

    private static SwitchoverBench bench(UnaryOperator<SwitchoverGateway> breaking) {
        return new FakeBench(SETTINGS, breaking);
    }

    @Provide
    Arbitrary<ActionChain<ModelTask>> walks() {
        return TransitionModel.walks(() -> bench(UnaryOperator.identity()));
    }

    @Property(tries = 300, seed = "1")
    @Label("is kept by the simulated platform, whatever is ordered, in its turn or not; some walks go there and back")
    void kept(@ForAll("longWalks") ActionChain<ModelTask> walk) {
        TransitionModel.check(walk);
        List<String> way = walk.transformations();
        Statistics.label("way")
                .collect(
                        way.contains("EnterSwitchBack[]")
                                ? "back"
                                : way.contains("EnterForwardSwitchover[]") ? "forward" : "neither")
                .coverage(coverage -> {
                    coverage.check("forward").count(many -> many > 20);
                    coverage.check("back").count(many -> many > 10);
                });
    }

    @Provide
    Arbitrary<ActionChain<ModelTask>> longWalks() {
        return TransitionModel.walks(() -> bench(UnaryOperator.identity())).withMaxTransformations(100);
    }

    /** Walks until a walk fails, and returns what was said of it. */
    private static String found(UnaryOperator<SwitchoverGateway> breaking) {
        Arbitrary<ActionChain<ModelTask>> walks = TransitionModel.walks(() -> bench(breaking));
        for (int walk = 0; walk < 300; walk++) {
            try {
                TransitionModel.check(walks.sample());
            } catch (AssertionError wrong) {
                return String.valueOf(wrong.getMessage());
            }
        }
        return "nothing";
    }

    @Property(tries = 1, seed = "1")
    @Label("does not blame a platform whose task came by itself to where the operation fits, just before it was sent")
    void goesOn() {
        FakeBench[] bench = new FakeBench[1];
        bench[0] = new FakeBench(SETTINGS, answering(OperationKind.SKIP_FULL_VERIFICATION, (behind, command) -> {
            bench[0].pause(STAGE);
            return behind.command(command);
        }));
        try (ModelTask task = ModelTask.on(bench[0], EligibilityPolicy.documented())) {
            task.order(BatchOperation.start());
            for (int stage = 0; stage < Stage.values().length; stage++) {
                task.order(BatchOperation.skipFullVerification());
            }
            assertThat(task.toString())
                    .contains("INCREMENTAL_SYNC:RUNNING; skip full verification was answered with Done");
        }
    }

    @Property(tries = 1, seed = "1")
    @Label("finds a platform that skips a verification that has not begun")
    void skipsAnything() {
        assertThat(found(behind -> new ForwardingGateway(behind) {
                    private final Set<TaskRef> skipped = new HashSet<>();

                    @Override
                    public GatewayReply command(TaskCommand command) {
                        boolean known = behind.read(Set.of(command.task())).containsKey(command.task());
                        if (known && command.operation().kind() == OperationKind.SKIP_FULL_VERIFICATION) {
                            skipped.add(command.task());
                            return GatewayReply.accepted();
                        }
                        return behind.command(command);
                    }

                    @Override
                    public Map<TaskRef, MigrationTask> read(Set<TaskRef> tasks) {
                        Map<TaskRef, MigrationTask> read = new HashMap<>(behind.read(tasks));
                        read.replaceAll((ref, task) -> skipped.contains(ref)
                                ? task.toBuilder()
                                        .stage(task.stage().stage(), StageProgress.State.SKIPPED)
                                        .build()
                                : task);
                        return read;
                    }
                }))
                .contains("skip full verification does not fit the task and had its effect all the same");
    }

    /** Answers the commands of a kind in another way. */
    private static UnaryOperator<SwitchoverGateway> answering(
            OperationKind kind, BiFunction<SwitchoverGateway, TaskCommand, GatewayReply> answer) {
        return behind -> new ForwardingGateway(behind) {
            @Override
            public GatewayReply command(TaskCommand command) {
                return command.operation().kind() == kind ? answer.apply(behind, command) : behind.command(command);
            }
        };
    }

    @Property(tries = 1, seed = "1")
    @Label("finds a platform that takes a command and does nothing")
    void doesNothing() {
        assertThat(found(answering(OperationKind.STOP, (behind, command) -> {
                    GatewayReply unsent = GatewayReply.accepted();
                    MigrationTask task = behind.read(Set.of(command.task())).get(command.task());
                    return task != null && task.status() == TaskStatus.RUNNING ? unsent : behind.command(command);
                })))
                .contains("stop was taken and did not lead to what it is for")
                .contains("a new task: ", "start was answered with");
    }

    @Property(tries = 1, seed = "1")
    @Label("finds a platform that refuses what fits")
    void refuses() {
        assertThat(found(answering(
                        OperationKind.MODIFY_ALERT_LEVEL, (behind, command) -> GatewayReply.refused("NO", "no", ""))))
                .contains("modify alert configuration fits the task and was refused");
    }

    @Property(tries = 1, seed = "1")
    @Label("finds a platform that does one thing for another")
    void resumesWhatNeverStarted() {
        assertThat(found(answering(OperationKind.RESUME, (behind, command) -> {
                    GatewayReply reply = behind.command(command);
                    return reply instanceof GatewayReply.Refused
                            ? behind.command(new TaskCommand(command.task(), BatchOperation.start(), command.context()))
                            : reply;
                })))
                .contains("a task that was NOT_STARTED is RUNNING though nobody commanded that");
    }

    @Property(tries = 1, seed = "1")
    @Label("finds a platform that stops a task that is to be ended, and is refused")
    void endsAnything() {
        assertThat(found(behind -> new ForwardingGateway(behind) {
                    @Override
                    public GatewayReply command(TaskCommand command) {
                        if (command.operation().kind() == OperationKind.END) {
                            GatewayReply unused = behind.command(
                                    new TaskCommand(command.task(), BatchOperation.stop(), command.context()));
                        }
                        return behind.command(command);
                    }
                }))
                .contains("a task that was RUNNING is STOPPED though nobody commanded that");
    }

    @Property(tries = 1, seed = "1")
    @Label("finds a platform that takes steps before their turn")
    void tooEarly() {
        assertThat(found(behind -> new ForwardingGateway(behind) {
                    @Override
                    public GatewayReply command(StepCommand command) {
                        GatewayReply reply = behind.command(command);
                        return reply instanceof GatewayReply.Refused ? GatewayReply.accepted() : reply;
                    }
                }))
                .contains("was taken while the task stands at");
    }
}
