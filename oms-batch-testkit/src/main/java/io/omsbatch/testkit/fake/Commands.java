package io.omsbatch.testkit.fake;

import io.omsbatch.api.gateway.CommandContext;
import io.omsbatch.api.gateway.GatewayCapability;
import io.omsbatch.api.gateway.GatewayReply;
import io.omsbatch.api.outcome.Problem;
import io.omsbatch.api.task.TaskRef;
import io.omsbatch.testkit.fault.Fault;
import io.omsbatch.testkit.fault.FaultKind;
import io.omsbatch.testkit.history.CallKind;
import io.omsbatch.testkit.history.CallLog;
import io.omsbatch.testkit.history.GatewayAnswer;
import io.omsbatch.testkit.history.GatewayCall;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The calls that change something: their arrival, their effect, now or later, and their answer. */
final class Commands {

    private static final Problem BUSY =
            new Problem("GHANA-OPERIE000000", "the system is busy, please try again later", "try again later", true);

    private final World world;
    private final ProtocolWatch watch;
    private final CallRunner runner;
    private final Object lock;
    private final Set<String> takenKeys = new HashSet<>();

    Commands(World world, ProtocolWatch watch, CallRunner runner, Object lock) {
        this.world = world;
        this.watch = watch;
        this.runner = runner;
        this.lock = lock;
    }

    /** A command on its way. */
    private record Sent(TaskRef task, GatewayCall.Order order, Work work, CallLog.Entry entry, boolean fails) {
        CommandContext context() {
            return order.context();
        }
    }

    GatewayReply run(CallKind kind, TaskRef task, GatewayCall.Order order, Work work) {
        return runner.run(kind, List.of(task), order, call -> carryOut(call, task, order, work), Commands::describe);
    }

    private boolean fences() {
        return world.settings().has(GatewayCapability.FENCING);
    }

    private GatewayReply carryOut(CallRunner.Call call, TaskRef task, GatewayCall.Order order, Work work) {
        synchronized (lock) {
            watch.sent(
                    task,
                    order.what() + (order.detail().isEmpty() ? "" : " " + order.detail()),
                    order.context(),
                    fences());
        }
        call.travel();
        Fault fault = call.fault();
        if (fault == null) {
            GatewayReply reply = arrive(new Sent(task, order, work, call.entry(), false));
            call.travel();
            return reply;
        }
        if (fault.kind() == FaultKind.SLOW) {
            call.pause(fault.delay(), false);
        }
        boolean fails = fault.kind().effect() == FaultKind.Effect.FAILING;
        GatewayReply usual = withEffect(call, fault, new Sent(task, order, work, call.entry(), fails));
        call.failIfAsked(fault.kind().ending());
        call.travel();
        return reply(fault.kind().ending(), usual);
    }

    private @Nullable GatewayReply withEffect(CallRunner.Call call, Fault fault, Sent sent) {
        boolean late = fault.kind().ending() == FaultKind.Ending.LATE;
        return switch (fault.kind().effect()) {
            case NONE -> {
                if (late) {
                    call.pause(fault.delay(), true);
                }
                yield null;
            }
            case NORMAL, FAILING -> {
                GatewayReply reply = arrive(sent);
                if (late) {
                    call.pause(fault.delay(), true);
                }
                yield reply;
            }
            case AFTER_DELAY -> {
                if (late) {
                    call.pause(bounded(fault.delay(), sent.context().deadline()), true);
                    yield arriveLate(sent);
                }
                arriveLater(sent, fault.delay());
                yield null;
            }
        };
    }

    @SuppressWarnings("NullAway") // that a gateway returns null all the same is the fault
    private static GatewayReply reply(FaultKind.Ending ending, @Nullable GatewayReply usual) {
        return switch (ending) {
            case REFUSED -> GatewayReply.refused("GHANA-OPERAT000002", "the platform refuses", "ask its operator");
            case REFUSED_RETRYABLE -> new GatewayReply.Refused(BUSY);
            case DONE -> GatewayReply.done();
            case ACCEPTED -> GatewayReply.accepted();
            case NULL -> null;
            default -> usual;
        };
    }

    private void arriveLater(Sent sent, Duration delay) {
        synchronized (lock) {
            Instant now = world.catchUp();
            world.later(now.plus(bounded(delay, now)), at -> {
                GatewayReply unused = arriveAt(sent, at, Duration.ZERO);
            });
        }
    }

    /** Shortens a delay so that the effect comes within the declared maximum after a time, if there is one. */
    private Duration bounded(Duration delay, Instant from) {
        Duration maximum = world.settings().capabilities().maximumEffectDelay();
        synchronized (lock) {
            if (maximum == null) {
                return delay;
            }
            Instant latest = from.plus(maximum).minus(world.settings().settle());
            Duration most = Duration.between(world.catchUp(), latest);
            return most.isNegative() ? Duration.ZERO : delay.compareTo(most) < 0 ? delay : most;
        }
    }

    private GatewayReply arrive(Sent sent) {
        synchronized (lock) {
            return arriveAt(sent, world.catchUp(), effectDelay());
        }
    }

    /** A command that took its delay on the way takes none at its end, else it could come later than is declared. */
    private GatewayReply arriveLate(Sent sent) {
        synchronized (lock) {
            return arriveAt(sent, world.catchUp(), Duration.ZERO);
        }
    }

    private GatewayReply arriveAt(Sent sent, Instant at, Duration effectDelay) {
        watch.arrived(sent.context());
        Problem refusal = fences() && watch.outdated(sent.context())
                ? new Problem("FENCED", "a newer owner of the run has been seen", "", false)
                : null;
        FakeTask task = world.find(sent.task());
        if (refusal == null && task == null) {
            refusal = new Problem("GHANA-PROJECT000001", "no such task", "refresh the list of tasks", false);
        }
        if (refusal != null || task == null) {
            return new GatewayReply.Refused(Objects.requireNonNull(refusal));
        }
        if (world.settings().has(GatewayCapability.DEDUPLICATION)
                && takenKeys.contains(sent.context().key())) {
            sent.entry().note("known key");
            return GatewayReply.accepted();
        }
        sent.work().ordered(task, at);
        Problem problem = sent.work().refusal(task);
        if (problem != null) {
            return new GatewayReply.Refused(problem);
        }
        if (sent.work().needless(task)) {
            sent.entry().note("nothing to do");
            return GatewayReply.accepted();
        }
        takenKeys.add(sent.context().key());
        sent.work().taken(task, at);
        Duration delay = effectDelay.plus(sent.work().delay());
        if (delay.isZero()) {
            return takeEffect(sent, task, at) ? GatewayReply.done() : GatewayReply.accepted();
        }
        world.later(at.plus(delay), when -> effectIfStillPossible(sent, when));
        return GatewayReply.accepted();
    }

    private Duration effectDelay() {
        Duration maximum = world.settings().capabilities().maximumEffectDelay();
        return maximum == null
                ? Duration.ZERO
                : world.any(maximum.minus(world.settings().settle()));
    }

    private void effectIfStillPossible(Sent sent, Instant at) {
        FakeTask task = world.find(sent.task());
        boolean fenced = fences() && watch.outdated(sent.context());
        if (task != null
                && !fenced
                && !sent.work().needless(task)
                && sent.work().refusal(task) == null) {
            boolean unused = takeEffect(sent, task, at);
        } else {
            world.remark(at, sent.task().id() + ": " + sent.order().what() + " came to nothing");
        }
    }

    private boolean takeEffect(Sent sent, FakeTask task, Instant at) {
        boolean finished = sent.work().apply(task, at, sent.fails());
        sent.entry().tookEffect(at);
        watch.tookEffect(sent.task(), sent.order().what(), sent.context());
        return finished;
    }

    private static GatewayAnswer describe(GatewayReply reply) {
        if (reply instanceof GatewayReply.Refused refused) {
            return GatewayAnswer.of(
                    GatewayAnswer.Kind.REFUSED, refused.problem().toString());
        }
        return GatewayAnswer.of(
                reply instanceof GatewayReply.Done ? GatewayAnswer.Kind.DONE : GatewayAnswer.Kind.ACCEPTED, "");
    }
}
