package io.omsbatch.testkit.contract;

import io.omsbatch.api.gateway.CommandContext;
import io.omsbatch.api.gateway.GatewayCapabilities;
import io.omsbatch.api.gateway.GatewayCapability;
import io.omsbatch.api.gateway.GatewayReply;
import io.omsbatch.api.gateway.StepCommand;
import io.omsbatch.api.gateway.SwitchoverGateway;
import io.omsbatch.api.switchover.ObjectItem;
import io.omsbatch.api.switchover.PrecheckItem;
import io.omsbatch.api.switchover.StopPoint;
import io.omsbatch.api.switchover.SwitchoverSnapshot;
import io.omsbatch.api.switchover.SyncLinks;
import io.omsbatch.api.switchover.SyncSample;
import io.omsbatch.api.task.Lag;
import io.omsbatch.api.task.MigrationTask;
import io.omsbatch.api.task.Position;
import io.omsbatch.api.task.Stage;
import io.omsbatch.api.task.StageProgress;
import io.omsbatch.api.task.SwitchoverDirection;
import io.omsbatch.api.task.SwitchoverProgress;
import io.omsbatch.api.task.SwitchoverStep;
import io.omsbatch.api.task.TaskRef;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;

/** Gateways that break one promise of the switchover each. */
final class BrokenSwitchoverGateways {

    private BrokenSwitchoverGateways() {}

    private static UnaryOperator<SwitchoverGateway> showing(UnaryOperator<SwitchoverSnapshot> showing) {
        return behind -> new ForwardingGateway(behind) {
            @Override
            public Map<TaskRef, SwitchoverSnapshot> observe(Set<TaskRef> tasks) {
                Map<TaskRef, SwitchoverSnapshot> shown = new LinkedHashMap<>();
                behind.observe(tasks).forEach((ref, snapshot) -> shown.put(ref, showing.apply(snapshot)));
                return shown;
            }
        };
    }

    private static SwitchoverSnapshot at(SwitchoverSnapshot snapshot, SwitchoverProgress progress) {
        return new SwitchoverSnapshot(
                progress,
                snapshot.links(),
                snapshot.stopPoint(),
                snapshot.sync(),
                snapshot.precheck(),
                snapshot.objects(),
                snapshot.evidence(),
                snapshot.problem());
    }

    private interface Commanding {
        GatewayReply command(SwitchoverGateway behind, StepCommand command);
    }

    private static UnaryOperator<SwitchoverGateway> commanding(Commanding commanding) {
        return behind -> new ForwardingGateway(behind) {
            @Override
            public GatewayReply command(StepCommand command) {
                return commanding.command(behind, command);
            }
        };
    }

    static UnaryOperator<SwitchoverGateway> keepsTheStore() {
        return commanding((behind, command) ->
                command.action() == StepCommand.Action.UNDO && command.step() == SwitchoverStep.START_TARGET_STORE
                        ? GatewayReply.accepted()
                        : behind.command(command));
    }

    static UnaryOperator<SwitchoverGateway> freesTheSourceEarly() {
        return behind -> new ForwardingGateway(behind) {
            private boolean early;

            @Override
            public GatewayReply command(StepCommand command) {
                if (command.action() == StepCommand.Action.UNDO) {
                    early = command.step() == SwitchoverStep.PROCESS_DATABASE_OBJECTS;
                }
                return behind.command(command);
            }

            @Override
            public Map<TaskRef, SwitchoverSnapshot> observe(Set<TaskRef> tasks) {
                Map<TaskRef, SwitchoverSnapshot> shown = new LinkedHashMap<>(behind.observe(tasks));
                shown.replaceAll((ref, snapshot) -> early ? snapshot.withStopPoint(null) : snapshot);
                return shown;
            }
        };
    }

    static UnaryOperator<SwitchoverGateway> forgetsWhoTookBack() {
        return commanding((behind, command) -> {
            CommandContext context = command.context();
            if (command.action() == StepCommand.Action.UNDO) {
                return behind.command(command);
            }
            CommandContext ofNobody = new CommandContext(
                    context.key(),
                    context.key(),
                    context.attempt(),
                    context.token(),
                    context.deadline(),
                    context.actor());
            return behind.command(
                    new StepCommand(command.task(), command.step(), command.round(), command.action(), ofNobody));
        });
    }

    static UnaryOperator<SwitchoverGateway> ignoresTheRound() {
        return commanding((behind, command) -> {
            SwitchoverSnapshot shown = behind.observe(Set.of(command.task())).get(command.task());
            int round = shown == null ? command.round() : shown.progress().round();
            return behind.command(
                    new StepCommand(command.task(), command.step(), round, command.action(), command.context()));
        });
    }

    /** Reads show a task that was switched back as still being in it. */
    static UnaryOperator<SwitchoverGateway> neverReadyAgain() {
        return behind -> new ForwardingGateway(behind) {
            @Override
            public Map<TaskRef, MigrationTask> read(Set<TaskRef> tasks) {
                Map<TaskRef, MigrationTask> shown = new LinkedHashMap<>(behind.read(tasks));
                shown.replaceAll((ref, task) ->
                        task.switchover() != null && task.switchover().direction() == SwitchoverDirection.BACK
                                ? task.toBuilder()
                                        .stage(Stage.SWITCH_BACK, StageProgress.State.FINISHED)
                                        .build()
                                : task);
                return shown;
            }
        };
    }

    static UnaryOperator<SwitchoverGateway> takesBackAnything() {
        return commanding((behind, command) -> {
            GatewayReply reply = behind.command(command);
            return command.action() == StepCommand.Action.UNDO ? GatewayReply.accepted() : reply;
        });
    }

    static UnaryOperator<SwitchoverGateway> readsHideTheStep() {
        return behind -> new ForwardingGateway(behind) {
            @Override
            public Map<TaskRef, MigrationTask> read(Set<TaskRef> tasks) {
                Map<TaskRef, MigrationTask> shown = new LinkedHashMap<>();
                behind.read(tasks)
                        .forEach((ref, task) ->
                                shown.put(ref, task.toBuilder().switchover(null).build()));
                return shown;
            }
        };
    }

    static UnaryOperator<SwitchoverGateway> showsUnknownTasks() {
        return behind -> new ForwardingGateway(behind) {
            @Override
            public Map<TaskRef, SwitchoverSnapshot> observe(Set<TaskRef> tasks) {
                Map<TaskRef, SwitchoverSnapshot> shown = new LinkedHashMap<>(behind.observe(tasks));
                tasks.forEach(task -> shown.putIfAbsent(
                        task,
                        SwitchoverSnapshot.at(new SwitchoverProgress(
                                SwitchoverStep.START_FORWARD_SWITCHOVER, SwitchoverProgress.State.WAITING))));
                return shown;
            }
        };
    }

    static UnaryOperator<SwitchoverGateway> acceptsUnknownTasks() {
        return behind -> new ForwardingGateway(behind) {
            @Override
            public GatewayReply command(StepCommand command) {
                return command.task().id().equals("nobody") ? GatewayReply.accepted() : behind.command(command);
            }
        };
    }

    static UnaryOperator<SwitchoverGateway> acceptsAnyStepAtFirst() {
        return behind -> new ForwardingGateway(behind) {
            @Override
            public GatewayReply command(StepCommand command) {
                GatewayReply reply = behind.command(command);
                SwitchoverSnapshot now = behind.observe(Set.of(command.task())).get(command.task());
                boolean atFirst = now != null
                        && now.progress().round() == command.round()
                        && now.progress()
                                .equals(new SwitchoverProgress(
                                        SwitchoverStep.START_FORWARD_SWITCHOVER, SwitchoverProgress.State.WAITING));
                return atFirst ? GatewayReply.accepted() : reply;
            }
        };
    }

    static UnaryOperator<SwitchoverGateway> startsReverseAnyway() {
        return behind -> new ForwardingGateway(behind) {
            @Override
            public GatewayReply command(StepCommand command) {
                GatewayReply reply = behind.command(command);
                SwitchoverSnapshot now = behind.observe(Set.of(command.task())).get(command.task());
                boolean atLast = now != null && now.progress().isOver(SwitchoverStep.PROCESS_DATABASE_OBJECTS);
                return atLast ? GatewayReply.accepted() : reply;
            }
        };
    }

    static UnaryOperator<SwitchoverGateway> freezesSamples() {
        Instant first = Instant.parse("2026-01-01T00:00:00Z");
        return showing(snapshot -> {
            SyncSample sync = snapshot.sync();
            return sync == null ? snapshot : snapshot.withSync(new SyncSample(sync.applied(), sync.lag(), first));
        });
    }

    static UnaryOperator<SwitchoverGateway> readsTheStopPointEarly() {
        return showing(snapshot -> {
            StopPoint stop = snapshot.stopPoint();
            return stop == null
                    ? snapshot
                    : snapshot.withStopPoint(
                            new StopPoint(Position.of(stop.position().value() - 60_000), stop.at()));
        });
    }

    static UnaryOperator<SwitchoverGateway> movesTheStopPointWhenRepeated() {
        return behind -> new ForwardingGateway(behind) {
            private int repeated;

            @Override
            public GatewayReply command(StepCommand command) {
                SwitchoverSnapshot now = behind.observe(Set.of(command.task())).get(command.task());
                if (now != null
                        && command.step() == SwitchoverStep.CONFIRM_WRITES_STOPPED
                        && now.progress().isOver(command.step())) {
                    repeated++;
                }
                return behind.command(command);
            }

            @Override
            public Map<TaskRef, SwitchoverSnapshot> observe(Set<TaskRef> tasks) {
                Map<TaskRef, SwitchoverSnapshot> shown = new LinkedHashMap<>();
                behind.observe(tasks).forEach((ref, snapshot) -> {
                    StopPoint stop = snapshot.stopPoint();
                    shown.put(
                            ref,
                            stop == null
                                    ? snapshot
                                    : snapshot.withStopPoint(new StopPoint(
                                            Position.of(stop.position().value() + repeated), stop.at())));
                });
                return shown;
            }
        };
    }

    static UnaryOperator<SwitchoverGateway> assumesForwardStopped() {
        return showing(snapshot -> snapshot.progress().isOver(SwitchoverStep.PROCESS_DATABASE_OBJECTS)
                ? snapshot
                : withForward(snapshot, SyncLinks.State.RUNNING));
    }

    static UnaryOperator<SwitchoverGateway> runsBothDirections() {
        return showing(snapshot -> snapshot.links().reverse() == SyncLinks.State.RUNNING
                ? withForward(snapshot, SyncLinks.State.RUNNING)
                : snapshot);
    }

    private static SwitchoverSnapshot withForward(SwitchoverSnapshot snapshot, SyncLinks.State forward) {
        return snapshot.withLinks(new SyncLinks(
                forward, snapshot.links().reverse(), snapshot.links().storeStart()));
    }

    static UnaryOperator<SwitchoverGateway> forgetsTheStore() {
        return showing(snapshot -> snapshot.withLinks(
                new SyncLinks(snapshot.links().forward(), snapshot.links().reverse(), null)));
    }

    static UnaryOperator<SwitchoverGateway> assumesReverseRunning() {
        return showing(snapshot -> snapshot.withLinks(new SyncLinks(
                snapshot.links().forward(),
                SyncLinks.State.STOPPED,
                snapshot.links().storeStart())));
    }

    static UnaryOperator<SwitchoverGateway> goesBack() {
        int[] looks = {0};
        return showing(snapshot -> snapshot.progress().isOver(SwitchoverStep.START_TARGET_STORE)
                        && !snapshot.progress().isOver(SwitchoverStep.STOP_FORWARD_SYNC)
                        && ++looks[0] % 9 == 8
                ? at(
                        snapshot,
                        new SwitchoverProgress(SwitchoverStep.SWITCHOVER_PRECHECK, SwitchoverProgress.State.RUNNING))
                : snapshot);
    }

    static UnaryOperator<SwitchoverGateway> passesABlockingPrecheck() {
        return showing(snapshot -> snapshot.progress().isOver(SwitchoverStep.SWITCHOVER_PRECHECK)
                ? snapshot.withPrecheck(
                        List.of(new PrecheckItem("lag", PrecheckItem.Severity.BLOCKING, "far behind", "wait")))
                : snapshot);
    }

    static UnaryOperator<SwitchoverGateway> getsStuck() {
        return behind -> new ForwardingGateway(behind) {
            @Override
            public GatewayReply command(StepCommand command) {
                return command.step() == SwitchoverStep.PROCESS_DATABASE_OBJECTS
                        ? GatewayReply.accepted()
                        : behind.command(command);
            }
        };
    }

    private static UnaryOperator<SwitchoverGateway> sampling(UnaryOperator<SyncSample> sampling) {
        return showing(snapshot -> {
            SyncSample sync = snapshot.sync();
            return sync == null || snapshot.stopPoint() == null ? snapshot : snapshot.withSync(sampling.apply(sync));
        });
    }

    /** The clocks of source and target differ, and the step is over all the same. */
    static UnaryOperator<SwitchoverGateway> goesOnWithANegativeLag() {
        return sampling(sync -> new SyncSample(sync.applied(), new Lag.Skewed("negative: -120 ms"), sync.sampledAt()));
    }

    /** A negative lag is cut off at zero, while the target is behind the stop point. */
    static UnaryOperator<SwitchoverGateway> takesANegativeLagForNone() {
        return sampling(sync -> new SyncSample(
                Position.of(sync.applied().value() - 3_600_000), new Lag.Known(Duration.ZERO), sync.sampledAt()));
    }

    static UnaryOperator<SwitchoverGateway> leavesAnObjectPending() {
        return showing(snapshot -> snapshot.progress().isOver(SwitchoverStep.PROCESS_DATABASE_OBJECTS)
                ? snapshot.withObjects(List.of(
                        new ObjectItem("trigger-1", "a trigger", ObjectItem.State.PENDING, "not recreated yet")))
                : snapshot);
    }

    static UnaryOperator<SwitchoverGateway> movesTheStore() {
        return showing(snapshot -> {
            Position start = snapshot.links().storeStart();
            return start == null || !snapshot.progress().isOver(SwitchoverStep.PROCESS_DATABASE_OBJECTS)
                    ? snapshot
                    : snapshot.withLinks(new SyncLinks(
                            snapshot.links().forward(), snapshot.links().reverse(), Position.of(start.value() + 1)));
        });
    }

    static UnaryOperator<SwitchoverGateway> showsAStopPointBefore() {
        return showing(snapshot ->
                snapshot.stopPoint() == null && snapshot.progress().isOver(SwitchoverStep.START_TARGET_STORE)
                        ? snapshot.withStopPoint(new StopPoint(Position.of(1), Instant.EPOCH))
                        : snapshot);
    }

    static UnaryOperator<SwitchoverGateway> declaresToFence() {
        return behind -> new ForwardingGateway(behind) {
            @Override
            public GatewayCapabilities capabilities() {
                return GatewayCapabilities.of(GatewayCapability.FENCING);
            }
        };
    }

    /** The precheck begins the switchover. */
    static UnaryOperator<SwitchoverGateway> prechecksWithAnEffect() {
        return behind -> new ForwardingGateway(behind) {
            private boolean checked;

            @Override
            public GatewayCapabilities capabilities() {
                return GatewayCapabilities.of(GatewayCapability.PRECHECK_READ_ONLY);
            }

            @Override
            public Map<TaskRef, List<PrecheckItem>> precheck(Set<TaskRef> tasks) {
                checked = true;
                Map<TaskRef, List<PrecheckItem>> found = new LinkedHashMap<>();
                behind.observe(tasks).keySet().forEach(task -> found.put(task, List.of()));
                return found;
            }

            @Override
            public Map<TaskRef, SwitchoverSnapshot> observe(Set<TaskRef> tasks) {
                Map<TaskRef, SwitchoverSnapshot> shown = new LinkedHashMap<>(behind.observe(tasks));
                shown.replaceAll((ref, snapshot) -> checked
                        ? at(
                                snapshot,
                                new SwitchoverProgress(
                                        SwitchoverStep.SWITCHOVER_PRECHECK, SwitchoverProgress.State.WAITING))
                        : snapshot);
                return shown;
            }
        };
    }
}
