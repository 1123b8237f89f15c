package io.omsbatch.core.internal.run;

import io.omsbatch.api.gateway.CommandContext;
import io.omsbatch.api.gateway.GatewayReply;
import io.omsbatch.api.task.TaskRef;
import io.omsbatch.core.internal.durable.Settlement;
import io.omsbatch.core.internal.read.Looked;
import io.omsbatch.core.internal.step.Readiness;
import io.omsbatch.core.internal.step.Sight;
import io.omsbatch.core.internal.step.StepPort;
import io.omsbatch.core.internal.step.StepView;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** An operation whose looks and commands take as long, and answer, as a test says, in virtual time. */
final class ScriptedPort implements StepPort {

    private final OneRun run;

    /** The pages that were looked at, in order. */
    final List<Set<TaskRef>> pages = new ArrayList<>();

    /** The commands, in order. */
    final List<TaskRef> commands = new ArrayList<>();

    /** How long before each command its task was looked at last. */
    final List<Duration> ages = new ArrayList<>();

    private final Map<TaskRef, Instant> lookedAt = new HashMap<>();
    private final Set<TaskRef> done = new HashSet<>();

    Duration commandTakes = Duration.ZERO;
    Duration effectTakes = Duration.ZERO;
    Function<StepView, Readiness> readiness = entry -> Readiness.go();
    Function<TaskRef, GatewayReply> reply = task -> GatewayReply.done();

    /** Most commands at once. */
    int most;

    private int now;

    ScriptedPort(OneRun run) {
        this.run = run;
    }

    @Override
    public int callsBeforeCommand() {
        return 1;
    }

    @Override
    public Map<TaskRef, Looked<Sight>> look(Set<TaskRef> tasks, boolean beforeCommand, Runnable beforeEach) {
        beforeEach.run();
        pages.add(Set.copyOf(tasks));
        Map<TaskRef, Looked<Sight>> looks = new HashMap<>();
        for (TaskRef task : tasks) {
            lookedAt.put(task, run.ledger.now());
            looks.put(task, new Looked<>(new Sight(null, null), null));
        }
        return looks;
    }

    @Override
    public @Nullable GatewayReply command(StepView entry, CommandContext context) {
        ages.add(Duration.between(lookedAt.get(entry.ref()), run.ledger.now()));
        commands.add(entry.ref());
        now++;
        most = Math.max(most, now);
        try {
            run.environment.sleep(commandTakes);
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException("the call was given up", interrupted);
        } finally {
            now--;
        }
        Instant at = run.ledger.now().plus(effectTakes);
        run.environment.schedule(effectTakes, () -> done.add(entry.ref()));
        lookedAt.put(entry.ref(), at);
        return reply.apply(entry.ref());
    }

    @Override
    public Readiness readiness(StepView entry, @Nullable Sight sight, Instant at) {
        return readiness.apply(entry);
    }

    @Override
    public Settlement settlement(StepView entry, @Nullable Sight sight) {
        return done.contains(entry.ref()) ? Settlement.wanted() : Settlement.going("RUNNING", true);
    }
}
