package io.omsbatch.examples.service.gateway;

import io.omsbatch.api.gateway.CommandContext;
import io.omsbatch.api.gateway.GatewayCapabilities;
import io.omsbatch.api.gateway.GatewayCapability;
import io.omsbatch.api.gateway.GatewayException;
import io.omsbatch.api.gateway.GatewayReply;
import io.omsbatch.api.gateway.StepCommand;
import io.omsbatch.api.gateway.SwitchoverGateway;
import io.omsbatch.api.gateway.TaskCommand;
import io.omsbatch.api.gateway.TaskPage;
import io.omsbatch.api.switchover.PrecheckItem;
import io.omsbatch.api.switchover.SwitchoverSnapshot;
import io.omsbatch.api.task.MigrationTask;
import io.omsbatch.api.task.TaskRef;
import io.omsbatch.examples.service.platform.Answer;
import io.omsbatch.examples.service.platform.Cut;
import io.omsbatch.examples.service.platform.CutStep;
import io.omsbatch.examples.service.platform.Job;
import io.omsbatch.examples.service.platform.MigrationPlatform;
import io.omsbatch.examples.service.platform.Order;
import io.omsbatch.examples.service.platform.Ticket;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.transaction.TransactionException;

/** Puts the platform under batch control. The platform never switches back, so every task has one round. */
public final class JobGateway implements SwitchoverGateway {

    private static final int ONLY_ROUND = 1;

    private final MigrationPlatform platform;

    /**
     * Creates the gateway.
     *
     * @param platform the platform
     */
    public JobGateway(MigrationPlatform platform) {
        this.platform = platform;
    }

    /**
     * Returns the identity of a job's task.
     *
     * @param jobId the job
     * @return the task's identity
     * @throws io.omsbatch.api.InvalidInputException if no task can be called so
     */
    public static TaskRef task(String jobId) {
        return Translation.ref(jobId);
    }

    @Override
    public GatewayCapabilities capabilities() {
        return GatewayCapabilities.of(
                        GatewayCapability.FENCING,
                        GatewayCapability.DEDUPLICATION,
                        GatewayCapability.PRECHECK_READ_ONLY,
                        GatewayCapability.UNDO)
                .withMaximumEffectDelay(platform.longestEffect())
                .withPlatforms(Translation.PLATFORM);
    }

    @Override
    public Map<TaskRef, MigrationTask> read(Set<TaskRef> tasks) {
        Map<TaskRef, MigrationTask> shown = new HashMap<>();
        for (Job job : find(tasks)) {
            MigrationTask task = Translation.task(job);
            shown.put(task.ref(), task);
        }
        return shown;
    }

    @Override
    public TaskPage list(@Nullable String from, int size) {
        List<MigrationTask> page = looking(() -> platform.list(from == null ? "" : from, size)).stream()
                .map(Translation::task)
                .toList();
        return new TaskPage(
                page,
                page.size() < size ? null : page.get(page.size() - 1).ref().id());
    }

    @Override
    public GatewayReply command(TaskCommand command) {
        Order order = Translation.order(command.operation());
        if (order == null) {
            return GatewayReply.refused("UNSUPPORTED", "this platform has no such operation", "");
        }
        return ordering(() -> platform.order(
                ticket(command.context()), command.task().id(), order, Translation.alarm(command.operation())));
    }

    @Override
    public Map<TaskRef, SwitchoverSnapshot> observe(Set<TaskRef> tasks) {
        Map<TaskRef, SwitchoverSnapshot> shown = new HashMap<>();
        for (Job job : find(tasks)) {
            Cut cut = job.cut();
            if (cut != null) {
                Instant now = platform.now();
                shown.put(Translation.ref(job.id()), Translation.snapshot(job, cut, now, platform.behind()));
            }
        }
        return shown;
    }

    @Override
    public Map<TaskRef, List<PrecheckItem>> precheck(Set<TaskRef> tasks) {
        Map<TaskRef, List<PrecheckItem>> found = new HashMap<>();
        find(tasks).forEach(job -> found.put(Translation.ref(job.id()), Translation.precheck(job)));
        return found;
    }

    @Override
    public GatewayReply command(StepCommand command) {
        CutStep step = Translation.step(command.step());
        if (step == null || command.round() != ONLY_ROUND) {
            return GatewayReply.refused("UNSUPPORTED", "this platform has no such step", "");
        }
        CutStep.Way way = switch (command.action()) {
            case RUN -> CutStep.Way.RUN;
            case SKIP -> CutStep.Way.SKIP;
            case UNDO -> CutStep.Way.UNDO;
        };
        return ordering(
                () -> platform.step(ticket(command.context()), command.task().id(), step, way));
    }

    private List<Job> find(Set<TaskRef> tasks) {
        List<String> ids = tasks.stream()
                .filter(task -> task.platform().equals(Translation.PLATFORM))
                .map(TaskRef::id)
                .toList();
        return ids.isEmpty() ? List.of() : looking(() -> platform.find(ids));
    }

    private static Ticket ticket(CommandContext context) {
        return new Ticket(context.runId(), context.token().value(), context.key(), context.deadline());
    }

    private static <T> T looking(Supplier<T> look) {
        try {
            return look.get();
        } catch (DataAccessException | TransactionException failure) {
            throw GatewayException.transientFailure("the platform's database did not answer", failure);
        }
    }

    private static GatewayReply ordering(Supplier<Answer> order) {
        Answer answer;
        try {
            answer = order.get();
        } catch (DataAccessException | CannotCreateTransactionException failure) {
            // Its transaction was rolled back, or never began.
            throw GatewayException.transientFailure("the platform's database did not answer", failure);
        } catch (TransactionException lost) {
            // It broke at its commit, and nobody knows on which side of it.
            throw GatewayException.ambiguous("the platform's answer was lost", lost);
        }
        return switch (answer.kind()) {
            case TAKEN -> GatewayReply.accepted();
            case REFUSED -> GatewayReply.refused(answer.code(), answer.text(), "look at the job");
            case LATE -> throw GatewayException.transientFailure(answer.text(), null);
        };
    }
}
