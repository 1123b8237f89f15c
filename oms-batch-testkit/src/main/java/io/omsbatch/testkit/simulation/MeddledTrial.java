package io.omsbatch.testkit.simulation;

import static io.omsbatch.testkit.simulation.AnyTrial.one;

import io.omsbatch.api.gateway.GatewayCapability;
import io.omsbatch.api.operation.BatchOperation;
import io.omsbatch.api.operation.FailureBudget;
import io.omsbatch.api.operation.RunPolicy;
import io.omsbatch.api.switchover.StepStanding;
import io.omsbatch.api.switchover.SwitchoverAction;
import io.omsbatch.api.task.MigrationTask;
import io.omsbatch.api.task.MigrationType;
import io.omsbatch.api.task.SwitchoverStep;
import io.omsbatch.api.task.TaskRef;
import io.omsbatch.testkit.fault.CallPattern;
import io.omsbatch.testkit.fault.Fault;
import io.omsbatch.testkit.fault.FaultKind;
import io.omsbatch.testkit.fault.FaultRule;
import io.omsbatch.testkit.history.CallKind;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;

/** A switchover of which one step does not come through, or cannot be taken back, and operators who then do what nobody expects. */
final class MeddledTrial {

    private static final List<FaultKind> FAILURES = List.of(
            FaultKind.REFUSE, FaultKind.STEP_FAILS, FaultKind.NEVER_SETTLES, FaultKind.NEVER_RETURN_BEFORE_EFFECT);

    /** Where tasks stand that somebody else took so far: they go on at once, and one after the other if few may fail. */
    private static final List<SwitchoverStep> AUTOMATIC = List.of(
            SwitchoverStep.SWITCHOVER_PRECHECK,
            SwitchoverStep.START_TARGET_STORE,
            SwitchoverStep.CONFIRM_SYNC_TIMESTAMP,
            SwitchoverStep.STOP_FORWARD_SYNC);

    private static final List<SwitchoverStep> LATE_GATES = List.of(
            SwitchoverStep.PROCESS_DATABASE_OBJECTS,
            SwitchoverStep.START_REVERSE_INCREMENT,
            SwitchoverStep.START_REVERSE_INCREMENT);

    /** What those do not do who see a run through. */
    private static final List<SwitchoverAction> MEDDLING = List.of(
            SwitchoverAction.EJECT, SwitchoverAction.LEAVE, SwitchoverAction.ABORT, SwitchoverAction.OPEN_TARGET);

    /** The last ones more often, because not every trial comes to them. */
    private static final List<SwitchoverStep> STEPS = Stream.concat(
                    Stream.of(SwitchoverStep.values()),
                    Stream.of(
                            SwitchoverStep.PROCESS_DATABASE_OBJECTS,
                            SwitchoverStep.START_REVERSE_INCREMENT,
                            SwitchoverStep.START_REVERSE_INCREMENT))
            .toList();

    private MeddledTrial() {}

    static Trial of(long seed, SplittableRandom random) {
        int round = one(random, List.of(1, 1, 2));
        List<MigrationTask> tasks = new ArrayList<>();
        int number = one(random, List.of(1, 2, 2));
        boolean underWay = round == 1 && random.nextInt(6) == 0;
        SwitchoverStep step = one(random, AUTOMATIC);
        for (int i = 1; i <= number; i++) {
            TaskRef ref = new TaskRef("oms", "t" + i);
            tasks.add(
                    underWay
                            ? AnyTrial.at(step, ref, MigrationType.complete(), round)
                            : AnyTrial.entered(random, ref, round));
        }
        RunPolicy policy =
                random.nextBoolean() ? RunPolicy.none().withBudget(FailureBudget.tasks(0)) : RunPolicy.none();
        boolean undone = random.nextInt(3) == 0;
        SwitchoverStep failing = one(random, STEPS);
        List<Trouble> troubles = new ArrayList<>();
        troubles.add(new Trouble.Platform(failure(random, failing, undone)));
        if (random.nextInt(3) == 0) {
            troubles.add(AnyTrial.trouble(random, true));
        }
        return new Trial(
                seed,
                tasks,
                round == 1 ? BatchOperation.forwardSwitchover() : BatchOperation.switchBack(),
                policy,
                AnyTrial.platform(random, GatewayCapability.UNDO),
                troubles,
                deeds(random, failing, undone, underWay ? step : one(random, STEPS)));
    }

    /** The first call of a step takes it forward, the one after that tries so again, or takes it back. */
    private static FaultRule failure(SplittableRandom random, SwitchoverStep step, boolean undone) {
        CallPattern calls = new CallPattern(CallKind.STEP, step.name(), null);
        return new FaultRule(calls, undone ? 1 : 0, 1 + random.nextInt(6), Fault.of(one(random, FAILURES)));
    }

    private static List<Deed> deeds(
            SplittableRandom random, SwitchoverStep failing, boolean undone, SwitchoverStep waiting) {
        List<Deed> deeds = new ArrayList<>();
        deeds.add(new Deed(0, 0, Deed.Manner.PROBE));
        if (undone) {
            deeds.add(Deed.atCell(one(random, LATE_GATES), StepStanding.State.GATED, SwitchoverAction.ABORT));
            deeds.add(Deed.atCell(failing, StepStanding.State.UNDO_FAILED, SwitchoverAction.LEAVE));
        } else {
            deeds.add(Deed.atCell(
                    failing,
                    random.nextBoolean() ? StepStanding.State.FAILED : StepStanding.State.UNKNOWN,
                    one(random, MEDDLING)));
        }
        deeds.add(Deed.atCell(waiting, StepStanding.State.WAITING, one(random, MEDDLING)));
        deeds.add(Deed.atCell(
                one(random, STEPS),
                one(random, List.of(StepStanding.State.values())),
                one(random, List.of(SwitchoverAction.values()))));
        if (random.nextInt(3) == 0) {
            deeds.add(new Deed(random.nextInt(60), random.nextInt(10_000), Deed.Manner.AT_TROUBLE));
        }
        if (random.nextInt(4) == 0) {
            deeds.add(new Deed(random.nextInt(60), 0, Deed.Manner.PAUSE));
        }
        return deeds;
    }
}
