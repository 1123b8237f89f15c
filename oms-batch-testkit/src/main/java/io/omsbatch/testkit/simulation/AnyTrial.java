package io.omsbatch.testkit.simulation;

import io.omsbatch.api.gateway.GatewayCapabilities;
import io.omsbatch.api.gateway.GatewayCapability;
import io.omsbatch.api.operation.BatchOperation;
import io.omsbatch.api.operation.FailureBudget;
import io.omsbatch.api.operation.Lockstep;
import io.omsbatch.api.operation.RunPolicy;
import io.omsbatch.api.task.AlertLevel;
import io.omsbatch.api.task.MigrationTask;
import io.omsbatch.api.task.MigrationType;
import io.omsbatch.api.task.Stage;
import io.omsbatch.api.task.StageProgress;
import io.omsbatch.api.task.SwitchoverProgress;
import io.omsbatch.api.task.SwitchoverStep;
import io.omsbatch.api.task.TaskRef;
import io.omsbatch.api.task.TaskStatus;
import io.omsbatch.testkit.fake.PlatformSettings;
import io.omsbatch.testkit.fault.CallPattern;
import io.omsbatch.testkit.fault.Fault;
import io.omsbatch.testkit.fault.FaultKind;
import io.omsbatch.testkit.fault.FaultRule;
import io.omsbatch.testkit.history.CallKind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * The usual scenario: some tasks, one operation, a platform that can do this or that, and any of the troubles there are.
 *
 * @since 0.1.0
 */
public final class AnyTrial implements Scenario {

    private static final int MOST_TASKS = 4;
    private static final int MOST_TROUBLES = 4;

    /** A platform that lies about when it read the stop point is caught only by a clock that it shares with the engine. */
    private static final Set<FaultKind> BEYOND_DETECTION = EnumSet.of(FaultKind.STOP_POINT_EARLY);

    private static final List<BatchOperation> PLAIN = List.of(
            BatchOperation.start(),
            BatchOperation.stop(),
            BatchOperation.resume(),
            BatchOperation.end(),
            BatchOperation.delete(),
            BatchOperation.modifyAlertLevel(AlertLevel.HIGH),
            BatchOperation.skipFullVerification(),
            BatchOperation.enterForwardSwitchover());

    /** Creates the scenario. */
    public AnyTrial() {}

    @Override
    public Trial trial(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        if (random.nextInt(3) == 0) {
            return MeddledTrial.of(seed, random);
        }
        boolean switchover = random.nextInt(3) > 0;
        int round = switchover ? one(random, List.of(1, 1, 2)) : 1;
        BatchOperation operation = !switchover
                ? one(random, PLAIN)
                : round == 1 ? BatchOperation.forwardSwitchover() : BatchOperation.switchBack();
        List<MigrationTask> tasks = new ArrayList<>();
        int number = 1 + random.nextInt(MOST_TASKS);
        for (int i = 1; i <= number; i++) {
            TaskRef ref = new TaskRef("oms", "t" + i);
            tasks.add(switchover ? entered(random, ref, round) : working(random, ref, operation));
        }
        RunPolicy policy = RunPolicy.none();
        if (switchover && random.nextInt(3) == 0) {
            policy = policy.withLockstep(
                    random.nextBoolean()
                            ? Lockstep.streaming()
                            : Lockstep.together().withPatience(Duration.ofSeconds(20)));
        }
        if (random.nextInt(4) == 0) {
            policy = policy.withBudget(FailureBudget.tasks(random.nextInt(2)));
        }
        return new Trial(
                seed,
                tasks,
                operation,
                policy,
                platform(random),
                troubles(random, switchover),
                deeds(random, switchover));
    }

    static MigrationTask entered(SplittableRandom random, TaskRef ref, int round) {
        MigrationType type = random.nextInt(4) > 0 ? MigrationType.complete() : one(random, MigrationType.all());
        return at(SwitchoverStep.START_FORWARD_SWITCHOVER, ref, type, round);
    }

    static MigrationTask at(SwitchoverStep step, TaskRef ref, MigrationType type, int round) {
        return MigrationTask.builder(ref)
                .type(type)
                .status(TaskStatus.RUNNING)
                .stage(round == 1 ? Stage.FORWARD_SWITCHOVER : Stage.SWITCH_BACK, StageProgress.State.RUNNING)
                .switchover(new SwitchoverProgress(step, SwitchoverProgress.State.WAITING, round))
                .build();
    }

    /** Two of three tasks are such that the operation fits them. */
    private static MigrationTask working(SplittableRandom random, TaskRef ref, BatchOperation operation) {
        MigrationTask.Builder task = MigrationTask.builder(ref).type(MigrationType.complete());
        int fitting = switch (operation.kind()) {
            case STOP, MODIFY_ALERT_LEVEL -> 1;
            case RESUME, END -> 2;
            case SKIP_FULL_VERIFICATION -> 4;
            case ENTER_FORWARD_SWITCHOVER -> 5;
            default -> 0;
        };
        return switch (random.nextInt(3) > 0 ? fitting : random.nextInt(7)) {
            case 0 -> task.build();
            case 1 ->
                task.status(TaskStatus.RUNNING)
                        .stage(Stage.INCREMENTAL_SYNC, StageProgress.State.MONITORING)
                        .build();
            case 2 ->
                task.status(TaskStatus.STOPPED)
                        .stage(Stage.INCREMENTAL_SYNC, StageProgress.State.MONITORING)
                        .build();
            case 3 -> task.status(TaskStatus.ENDED).build();
            case 4 ->
                task.status(TaskStatus.RUNNING)
                        .stage(Stage.FULL_VERIFICATION, StageProgress.State.RUNNING)
                        .build();
            case 5 ->
                task.status(TaskStatus.RUNNING)
                        .stage(Stage.FULL_VERIFICATION, StageProgress.State.FINISHED)
                        .build();
            default ->
                task.status(TaskStatus.FAILED)
                        .stage(Stage.FULL_MIGRATION, StageProgress.State.FAILED)
                        .build();
        };
    }

    static PlatformSettings platform(SplittableRandom random, GatewayCapability... always) {
        Set<GatewayCapability> abilities = EnumSet.noneOf(GatewayCapability.class);
        abilities.addAll(List.of(always));
        for (GatewayCapability ability : List.of(
                GatewayCapability.DEDUPLICATION,
                GatewayCapability.FENCING,
                GatewayCapability.SELF_ADVANCING,
                GatewayCapability.PRECHECK_READ_ONLY,
                GatewayCapability.UNDO)) {
            if (random.nextInt(3) == 0) {
                abilities.add(ability);
            }
        }
        GatewayCapabilities capabilities = GatewayCapabilities.of(abilities.toArray(GatewayCapability[]::new));
        if (random.nextBoolean()) {
            capabilities = capabilities.withMaximumEffectDelay(Duration.ofMinutes(5));
        }
        return PlatformSettings.of(random.nextLong())
                .withStage(Duration.ofDays(1))
                .withCapabilities(capabilities);
    }

    private static List<Trouble> troubles(SplittableRandom random, boolean switchover) {
        List<Trouble> troubles = new ArrayList<>();
        int number = random.nextInt(MOST_TROUBLES + 1);
        for (int i = 0; i < number; i++) {
            troubles.add(trouble(random, switchover));
        }
        return troubles;
    }

    static Trouble trouble(SplittableRandom random, boolean switchover) {
        return switch (random.nextInt(6)) {
            case 0 -> new Trouble.Crash(place(random));
            case 1 ->
                new Trouble.Freeze(
                        place(random),
                        one(random, List.of(Duration.ofSeconds(3), Duration.ofSeconds(27), Duration.ofMinutes(2))));
            case 2 ->
                new Trouble.Outage(
                        place(random), 1 + random.nextInt(6), one(random, List.of(Trouble.Outage.Failure.values())));
            default -> new Trouble.Platform(rule(random, switchover));
        };
    }

    /** Early places are crossed by every trial, late ones by long trials only. */
    private static int place(SplittableRandom random) {
        return 1 + random.nextInt(1 + random.nextInt(400));
    }

    private static FaultRule rule(SplittableRandom random, boolean switchover) {
        CallKind call = one(
                random,
                switchover
                        ? List.of(CallKind.READ, CallKind.OBSERVE, CallKind.STEP, CallKind.STEP)
                        : List.of(CallKind.READ, CallKind.COMMAND, CallKind.COMMAND));
        List<FaultKind> kinds = FaultKind.of(call).stream()
                .filter(kind -> !BEYOND_DETECTION.contains(kind))
                .toList();
        Duration delay = one(
                random,
                List.of(Duration.ofMillis(100), Duration.ofSeconds(15), Duration.ofSeconds(20), Duration.ofMinutes(2)));
        TaskRef task = random.nextInt(5) == 0 ? null : new TaskRef("oms", "t" + (1 + random.nextInt(MOST_TASKS)));
        int times = random.nextInt(6) > 0 ? 1 + random.nextInt(4) : 5 + random.nextInt(55);
        return new FaultRule(
                new CallPattern(call, null, task), random.nextInt(7), times, new Fault(one(random, kinds), delay));
    }

    private static List<Deed> deeds(SplittableRandom random, boolean switchover) {
        List<Deed> deeds = new ArrayList<>();
        int number = random.nextInt(switchover ? 6 : 3);
        for (int i = 0; i < number; i++) {
            Deed.Manner manner = switchover
                    ? one(
                            random,
                            List.of(
                                    Deed.Manner.OFFERED,
                                    Deed.Manner.OFFERED,
                                    Deed.Manner.ANY,
                                    Deed.Manner.ANY,
                                    Deed.Manner.TWICE,
                                    Deed.Manner.TOGETHER,
                                    Deed.Manner.AT_TROUBLE,
                                    Deed.Manner.PROBE,
                                    Deed.Manner.PAUSE))
                    : one(random, List.of(Deed.Manner.PAUSE, Deed.Manner.CANCEL));
            deeds.add(new Deed(random.nextInt(60), random.nextInt(10_000), manner));
        }
        return deeds;
    }

    static <T> T one(SplittableRandom random, List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }
}
