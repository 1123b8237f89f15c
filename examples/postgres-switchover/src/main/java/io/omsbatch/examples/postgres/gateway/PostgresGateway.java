package io.omsbatch.examples.postgres.gateway;

import io.omsbatch.api.gateway.CommandContext;
import io.omsbatch.api.gateway.GatewayCapabilities;
import io.omsbatch.api.gateway.GatewayCapability;
import io.omsbatch.api.gateway.GatewayReply;
import io.omsbatch.api.gateway.StepCommand;
import io.omsbatch.api.gateway.SwitchoverGateway;
import io.omsbatch.api.gateway.TaskCommand;
import io.omsbatch.api.gateway.TaskPage;
import io.omsbatch.api.switchover.PrecheckItem;
import io.omsbatch.api.switchover.SwitchoverSnapshot;
import io.omsbatch.api.task.MigrationTask;
import io.omsbatch.api.task.SwitchoverStep;
import io.omsbatch.api.task.TaskRef;
import io.omsbatch.examples.postgres.control.Command;
import io.omsbatch.examples.postgres.platform.MigrationPlatform;
import io.omsbatch.examples.postgres.platform.TaskNotes;
import io.omsbatch.examples.postgres.problem.PlatformFailure;
import io.omsbatch.examples.postgres.problem.Problem;
import io.omsbatch.examples.postgres.replication.Look;
import io.omsbatch.examples.postgres.task.TaskRecord;
import io.omsbatch.examples.postgres.task.Wish;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The migration platform for PostgreSQL as a gateway of oms-batch. The platform takes a command in one transaction, with
 * the fencing token and the key in it; so this gateway fences and deduplicates, and its reads show every command that was
 * taken. Thread-safe.
 *
 * <p>What is fenced is the taking. CREATE, ALTER and DROP SUBSCRIPTION and the making of slots cannot be part of that transaction:
 * they are done afterwards by the platform's worker, for what was taken before, also if a newer token has been seen meanwhile, and
 * a task shows that as running until it is over. That no worker does so after another has gone on in its place is not a matter
 * of tokens: the worker that comes ends every session of the one before, on both servers, before it begins.
 */
public final class PostgresGateway implements SwitchoverGateway {
    /** A command that could not be taken within its limits is given up, and the server gives it up soon after. */
    private static final Duration MAXIMUM_EFFECT_DELAY = Duration.ofSeconds(10);

    private static final GatewayCapabilities CAPABILITIES = GatewayCapabilities.of(
                    GatewayCapability.FENCING,
                    GatewayCapability.DEDUPLICATION,
                    GatewayCapability.PRECHECK_READ_ONLY,
                    GatewayCapability.UNDO)
            .withMaximumEffectDelay(MAXIMUM_EFFECT_DELAY);

    private final String name;
    private final MigrationPlatform platform;

    /**
     * A gateway to a platform.
     *
     * @param name the platform's id in task references
     * @param platform the platform; whoever made it closes it
     */
    public PostgresGateway(String name, MigrationPlatform platform) {
        this.name = name;
        this.platform = platform;
    }

    /** The reference of the task of a database. */
    public TaskRef ref(String database) {
        return new TaskRef(name, database);
    }

    @Override
    public GatewayCapabilities capabilities() {
        return CAPABILITIES;
    }

    @Override
    public Map<TaskRef, MigrationTask> read(Set<TaskRef> tasks) {
        return Failures.translated(() -> {
            Map<TaskRef, MigrationTask> found = new HashMap<>();
            List<TaskRecord> records = platform.read(ids(tasks));
            Look look = TaskTranslation.needsLook(records) ? look() : null;
            records.forEach(task -> found.put(ref(task.id()), TaskTranslation.task(ref(task.id()), task, look)));
            return found;
        });
    }

    @Override
    public TaskPage list(@Nullable String from, int size) {
        return Failures.translated(() -> {
            List<TaskRecord> records = platform.page(from == null ? "" : from, size + 1);
            List<TaskRecord> shown = records.subList(0, Math.min(size, records.size()));
            Look look = TaskTranslation.needsLook(shown) ? look() : null;
            return new TaskPage(
                    shown.stream()
                            .map(task -> TaskTranslation.task(ref(task.id()), task, look))
                            .toList(),
                    records.size() > size ? shown.get(size - 1).id() : null);
        });
    }

    @Override
    public Map<TaskRef, SwitchoverSnapshot> observe(Set<TaskRef> tasks) {
        return Failures.translated(() -> {
            Map<TaskRef, SwitchoverSnapshot> seen = new HashMap<>();
            List<TaskNotes> notes = platform.observe(ids(tasks));
            Look look = notes.isEmpty() ? null : look();
            notes.forEach(note -> seen.put(ref(note.task().id()), SnapshotTranslation.snapshot(note, look)));
            return seen;
        });
    }

    @Override
    public Map<TaskRef, List<PrecheckItem>> precheck(Set<TaskRef> tasks) {
        return Failures.translated(() -> {
            Map<TaskRef, List<PrecheckItem>> found = new HashMap<>();
            platform.precheck(ids(tasks))
                    .forEach((id, findings) -> found.put(
                            ref(id),
                            findings.stream().map(SnapshotTranslation::item).toList()));
            return found;
        });
    }

    @Override
    public GatewayReply command(TaskCommand command) {
        return take(command.task(), WishTranslation.wish(command.operation()), command.context());
    }

    @Override
    public GatewayReply command(StepCommand command) {
        Wish wish = WishTranslation.wish(command);
        if (wish == null) {
            return GatewayReply.refused("NO_SUCH_STEP", "this platform has no step " + command.step(), "");
        }
        boolean startsReverse =
                command.step() == SwitchoverStep.START_REVERSE_INCREMENT && command.action() == StepCommand.Action.RUN;
        Problem problem = startsReverse && isOurs(command.task()) ? whyNotReverse(command) : null;
        if (problem != null) {
            return GatewayReply.refused(problem.code(), problem.message(), problem.remedy());
        }
        return take(command.task(), wish, command.context());
    }

    /** A token counts as seen whatever becomes of its command. */
    private @Nullable Problem whyNotReverse(StepCommand command) {
        CommandContext context = command.context();
        return Failures.translated(
                () -> platform.whyFenced(context.runId(), context.token().value())
                        .or(() -> platform.whyNotReverse(command.task().id()))
                        .orElse(null));
    }

    private GatewayReply take(TaskRef task, Wish wish, CommandContext context) {
        if (!isOurs(task)) {
            return GatewayReply.refused("NO_SUCH_TASK", "task " + task + " is on another platform", "ask that one");
        }
        return Failures.translated(() -> Failures.reply(platform.take(new Command(
                task.id(),
                wish,
                context.key(),
                context.attempt(),
                context.runId(),
                context.token().value(),
                context.actor().name()))));
    }

    /** What the servers say; null when one of them does not answer, which is no reason to hide what is known otherwise. */
    private @Nullable Look look() {
        try {
            return platform.look();
        } catch (PlatformFailure unreachable) {
            return null;
        }
    }

    private boolean isOurs(TaskRef task) {
        return task.platform().equals(name);
    }

    private List<String> ids(Set<TaskRef> tasks) {
        return tasks.stream().filter(this::isOurs).map(TaskRef::id).toList();
    }
}
