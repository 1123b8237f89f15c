package io.omsbatch.testkit.contract;

import io.omsbatch.api.gateway.CommandContext;
import io.omsbatch.api.gateway.FencingToken;
import io.omsbatch.api.gateway.GatewayCapabilities;
import io.omsbatch.api.gateway.GatewayCapability;
import io.omsbatch.api.gateway.GatewayException;
import io.omsbatch.api.gateway.GatewayReply;
import io.omsbatch.api.gateway.SwitchoverGateway;
import io.omsbatch.api.gateway.TaskCommand;
import io.omsbatch.api.gateway.TaskPage;
import io.omsbatch.api.operation.BatchOperation;
import io.omsbatch.api.operation.OperationKind;
import io.omsbatch.api.task.AlertLevel;
import io.omsbatch.api.task.MigrationTask;
import io.omsbatch.api.task.Revision;
import io.omsbatch.api.task.TaskRef;
import io.omsbatch.api.task.TaskStatus;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** Gateways that break one promise each. */
final class BrokenTaskGateways {

    private BrokenTaskGateways() {}

    private static UnaryOperator<SwitchoverGateway> reading(
            BiFunction<SwitchoverGateway, Set<TaskRef>, Map<TaskRef, MigrationTask>> reading) {
        return behind -> new ForwardingGateway(behind) {
            @Override
            public Map<TaskRef, MigrationTask> read(Set<TaskRef> tasks) {
                return reading.apply(behind, tasks);
            }
        };
    }

    private static UnaryOperator<SwitchoverGateway> commanding(
            BiFunction<SwitchoverGateway, TaskCommand, GatewayReply> commanding) {
        return behind -> new ForwardingGateway(behind) {
            @Override
            public GatewayReply command(TaskCommand command) {
                return commanding.apply(behind, command);
            }
        };
    }

    private static UnaryOperator<SwitchoverGateway> showing(Function<MigrationTask, MigrationTask> showing) {
        return reading((behind, tasks) -> {
            Map<TaskRef, MigrationTask> shown = new LinkedHashMap<>();
            behind.read(tasks).forEach((ref, task) -> shown.put(ref, showing.apply(task)));
            return shown;
        });
    }

    static UnaryOperator<SwitchoverGateway> changesCapabilities() {
        int[] asked = {0};
        return behind -> new ForwardingGateway(behind) {
            @Override
            public GatewayCapabilities capabilities() {
                return GatewayCapabilities.of().withPositionGranularity(asked[0]++);
            }
        };
    }

    static UnaryOperator<SwitchoverGateway> forgetsTheLastOfMany() {
        return reading((behind, tasks) -> {
            Map<TaskRef, MigrationTask> shown = new LinkedHashMap<>(behind.read(tasks));
            if (shown.size() > 2) {
                shown.remove(shown.keySet().iterator().next());
            }
            return shown;
        });
    }

    static UnaryOperator<SwitchoverGateway> failsForOneMissing() {
        return reading((behind, tasks) -> {
            Map<TaskRef, MigrationTask> shown = behind.read(tasks);
            if (tasks.size() > 1 && shown.size() < tasks.size()) {
                throw GatewayException.rejected("404", "not found", "");
            }
            return shown;
        });
    }

    static UnaryOperator<SwitchoverGateway> countsReadsInRevision() {
        int[] reads = {0};
        return showing(task ->
                task.toBuilder().revision(new Revision("r" + reads[0]++)).build());
    }

    static UnaryOperator<SwitchoverGateway> neverChangesRevision() {
        return showing(task -> task.toBuilder().revision(new Revision("r")).build());
    }

    static UnaryOperator<SwitchoverGateway> listsTwice() {
        return behind -> new ForwardingGateway(behind) {
            @Override
            public TaskPage list(String from, int size) {
                TaskPage page = behind.list(from, size - 1);
                List<MigrationTask> tasks = new ArrayList<>(page.tasks());
                tasks.addAll(page.tasks());
                return new TaskPage(tasks, page.next());
            }
        };
    }

    static UnaryOperator<SwitchoverGateway> showsOldState() {
        int[] reads = {0};
        return showing(task -> {
            boolean old = task.alertLevel() == AlertLevel.MEDIUM && ++reads[0] % 4 == 0;
            return old ? task.toBuilder().alertLevel(AlertLevel.NO_PROTECTION).build() : task;
        });
    }

    static UnaryOperator<SwitchoverGateway> throwsWhenInterrupted() {
        return reading((behind, tasks) -> {
            if (Thread.currentThread().isInterrupted()) {
                throw new IllegalStateException("interrupted");
            }
            return behind.read(tasks);
        });
    }

    static UnaryOperator<SwitchoverGateway> saysDoneWhenAccepted() {
        return commanding((behind, command) -> {
            GatewayReply reply = behind.command(command);
            return reply instanceof GatewayReply.Accepted ? GatewayReply.done() : reply;
        });
    }

    static UnaryOperator<SwitchoverGateway> doesNotStop() {
        return commanding((behind, command) -> command.operation().kind() == OperationKind.STOP
                        && !command.task().id().equals("nobody")
                ? GatewayReply.accepted()
                : behind.command(command));
    }

    static UnaryOperator<SwitchoverGateway> answersNull() {
        return commanding(
                (behind, command) -> command.operation().kind() == OperationKind.END ? null : behind.command(command));
    }

    static UnaryOperator<SwitchoverGateway> throwsItsOwn() {
        return commanding((behind, command) -> {
            if (command.operation().kind() == OperationKind.DELETE) {
                throw new UnsupportedOperationException("HTTP 500");
            }
            return behind.command(command);
        });
    }

    static UnaryOperator<SwitchoverGateway> hidesRefusals() {
        return commanding((behind, command) -> {
            GatewayReply reply = behind.command(command);
            boolean hidden = reply instanceof GatewayReply.Refused refused
                    && refused.problem().code().equals("GHANA-OPERAT000001");
            return hidden ? GatewayReply.accepted() : reply;
        });
    }

    static UnaryOperator<SwitchoverGateway> refusesWithoutReason() {
        return commanding((behind, command) -> {
            GatewayReply reply = behind.command(command);
            return reply instanceof GatewayReply.Refused ? GatewayReply.refused("", "", "") : reply;
        });
    }

    static UnaryOperator<SwitchoverGateway> acceptsUnknownTasks() {
        return commanding((behind, command) ->
                command.task().id().equals("nobody") ? GatewayReply.accepted() : behind.command(command));
    }

    static UnaryOperator<SwitchoverGateway> changesTheNeighbour() {
        return commanding((behind, command) -> {
            if (command.operation().kind() == OperationKind.MODIFY_ALERT_LEVEL) {
                TaskRef neighbour = new TaskRef("fake", "task-2");
                CommandContext context = command.context();
                GatewayReply unused = behind.command(new TaskCommand(
                        neighbour,
                        command.operation(),
                        new CommandContext(
                                context.runId(),
                                context.key() + "-2",
                                1,
                                context.token(),
                                context.deadline(),
                                context.actor())));
            }
            return behind.command(command);
        });
    }

    static UnaryOperator<SwitchoverGateway> alsoStops() {
        return commanding((behind, command) -> {
            BatchOperation operation = command.operation();
            if (operation.kind() == OperationKind.SKIP_FULL_VERIFICATION) {
                return behind.command(new TaskCommand(command.task(), BatchOperation.stop(), command.context()));
            }
            return behind.command(command);
        });
    }

    static UnaryOperator<SwitchoverGateway> declares(GatewayCapability capability) {
        return behind -> new ForwardingGateway(behind) {
            @Override
            public GatewayCapabilities capabilities() {
                return GatewayCapabilities.of(capability);
            }
        };
    }

    static UnaryOperator<SwitchoverGateway> fencesTooLate() {
        return behind -> new ForwardingGateway(behind) {
            private long highest;

            @Override
            public GatewayCapabilities capabilities() {
                return GatewayCapabilities.of(GatewayCapability.FENCING);
            }

            @Override
            public GatewayReply command(TaskCommand command) {
                GatewayReply reply = behind.command(command);
                FencingToken token = command.context().token();
                boolean stale = token.value() < highest;
                highest = Math.max(highest, token.value());
                return stale ? GatewayReply.refused("FENCED", "a newer owner was seen", "") : reply;
            }
        };
    }

    static UnaryOperator<SwitchoverGateway> listsWithGaps() {
        return behind -> new ForwardingGateway(behind) {
            @Override
            public TaskPage list(String from, int size) {
                TaskPage page = behind.list(from, size);
                List<MigrationTask> tasks = page.tasks();
                return new TaskPage(page.next() == null ? tasks : tasks.subList(0, tasks.size() - 1), page.next());
            }
        };
    }

    static UnaryOperator<SwitchoverGateway> listsMoreThanAsked() {
        return behind -> new ForwardingGateway(behind) {
            @Override
            public TaskPage list(String from, int size) {
                return behind.list(from, size + 1);
            }
        };
    }

    static UnaryOperator<SwitchoverGateway> listsWithoutEnd() {
        return behind -> new ForwardingGateway(behind) {
            @Override
            public TaskPage list(String from, int size) {
                return new TaskPage(behind.list(null, size).tasks(), "again");
            }
        };
    }

    static UnaryOperator<SwitchoverGateway> showsUnknownTasks() {
        return reading((behind, tasks) -> {
            Map<TaskRef, MigrationTask> shown = new LinkedHashMap<>(behind.read(tasks));
            tasks.stream()
                    .filter(task -> task.id().equals("nobody"))
                    .forEach(task -> shown.put(task, MigrationTask.builder(task).build()));
            return shown;
        });
    }

    static UnaryOperator<SwitchoverGateway> showsUnderAnothersIdentity() {
        return reading((behind, tasks) -> {
            Map<TaskRef, MigrationTask> read = behind.read(tasks);
            List<MigrationTask> shifted = new ArrayList<>(read.values());
            if (shifted.size() > 2) {
                shifted.add(shifted.remove(0));
            }
            Map<TaskRef, MigrationTask> shown = new LinkedHashMap<>();
            read.keySet().forEach(ref -> shown.put(ref, shifted.get(shown.size())));
            return shown;
        });
    }

    private static UnaryOperator<SwitchoverGateway> failingAfter(OperationKind kind, GatewayException failure) {
        return commanding((behind, command) -> {
            GatewayReply reply = behind.command(command);
            if (command.operation().kind() == kind && !(reply instanceof GatewayReply.Refused)) {
                throw failure;
            }
            return reply;
        });
    }

    /** The connection breaks once the platform has the command, and the gateway says that it may be sent again. */
    static UnaryOperator<SwitchoverGateway> callsALostReplyTransient() {
        return failingAfter(OperationKind.SKIP_FULL_VERIFICATION, GatewayException.transientFailure("reset", null));
    }

    static UnaryOperator<SwitchoverGateway> rejectsAfterTheEffect() {
        return failingAfter(OperationKind.DELETE, GatewayException.rejected("500", "cannot read the answer", ""));
    }

    static UnaryOperator<SwitchoverGateway> refusesAfterTheEffect() {
        return behind -> new ForwardingGateway(behind) {
            private boolean resumed;

            @Override
            public GatewayReply command(TaskCommand command) {
                GatewayReply reply = behind.command(command);
                resumed = command.operation().kind() == OperationKind.RESUME && reply instanceof GatewayReply.Refused;
                return reply;
            }

            @Override
            public Map<TaskRef, MigrationTask> read(Set<TaskRef> tasks) {
                Map<TaskRef, MigrationTask> shown = new LinkedHashMap<>(behind.read(tasks));
                shown.replaceAll((ref, task) ->
                        resumed ? task.toBuilder().status(TaskStatus.RUNNING).build() : task);
                return shown;
            }
        };
    }

    /** A deleted task is still shown, as ended. */
    static UnaryOperator<SwitchoverGateway> keepsShowingDeletedTasks() {
        Map<TaskRef, MigrationTask> known = new LinkedHashMap<>();
        return reading((behind, tasks) -> {
            Map<TaskRef, MigrationTask> shown = new LinkedHashMap<>(behind.read(tasks));
            known.putAll(shown);
            tasks.stream().filter(known::containsKey).forEach(task -> shown.putIfAbsent(task, known.get(task)));
            return shown;
        });
    }

    static UnaryOperator<SwitchoverGateway> hidesTheSwitchover() {
        return showing(task -> task.toBuilder().switchover(null).build());
    }

    static UnaryOperator<SwitchoverGateway> knowsNoHighLevel() {
        return showing(task -> task.alertLevel() == AlertLevel.HIGH
                ? task.toBuilder().alertLevel(AlertLevel.UNRECOGNIZED).build()
                : task);
    }

    /** Keeps the last key only, as a column of the task does. */
    static UnaryOperator<SwitchoverGateway> remembersTheLastKey() {
        return behind -> new ForwardingGateway(behind) {
            private String last = "";

            @Override
            public GatewayCapabilities capabilities() {
                return GatewayCapabilities.of(GatewayCapability.DEDUPLICATION);
            }

            @Override
            public GatewayReply command(TaskCommand command) {
                if (last.equals(command.context().key())) {
                    return GatewayReply.accepted();
                }
                last = command.context().key();
                return behind.command(command);
            }
        };
    }

    /** Compares a token with the one before, not with the highest; and takes it for the newest then. */
    static UnaryOperator<SwitchoverGateway> fencesWithoutRefusing() {
        return behind -> new ForwardingGateway(behind) {
            private long highest;

            @Override
            public GatewayCapabilities capabilities() {
                return GatewayCapabilities.of(GatewayCapability.FENCING);
            }

            @Override
            public GatewayReply command(TaskCommand command) {
                long token = command.context().token().value();
                if (token < highest) {
                    return GatewayReply.accepted();
                }
                highest = token;
                return behind.command(command);
            }
        };
    }
}
