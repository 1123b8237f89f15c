package io.omsbatch.examples.cluster.replica;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.SchedulerClient;
import com.github.kagkarlsson.scheduler.SchedulerName;
import com.github.kagkarlsson.scheduler.task.FailureHandler.OnFailureRetryLater;
import com.github.kagkarlsson.scheduler.task.TaskDescriptor;
import com.github.kagkarlsson.scheduler.task.helper.CustomTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import io.omsbatch.examples.cluster.database.Database;
import java.time.Duration;
import java.time.Instant;

/** The tasks of db-scheduler: one for each run, done by whichever replica comes first, and again if that one dies. */
public final class Scheduling {
    private static final TaskDescriptor<RunOrder> TEND_RUN = TaskDescriptor.of("tend-run", RunOrder.class);
    private static final Duration HEARTBEAT = Duration.ofMillis(500);
    private static final int HEARTBEATS_MISSED = 4;
    private static final int THREADS = 6;

    private Scheduling() {}

    /** Lets some replica run a confirmed plan; the same order twice is one. */
    public static void order(Database service, RunOrder order) {
        boolean unused = SchedulerClient.Builder.create(service.source())
                .build()
                .scheduleIfNotExists(
                        TEND_RUN.instance(order.requestId()).data(order).scheduledTo(Instant.now()));
    }

    /** The scheduler of a replica, not started. */
    static Scheduler scheduler(String replica, Database service, RunTender tender) {
        CustomTask<RunOrder> tend = Tasks.custom(TEND_RUN)
                .onFailure(new OnFailureRetryLater<>(Duration.ofSeconds(1)))
                .onDeadExecutionRevive()
                .execute((instance, context) -> tender.tend(instance.getData()));
        return Scheduler.create(service.source(), tend)
                .schedulerName(new SchedulerName.Fixed(replica))
                .threads(THREADS)
                .pollingInterval(Duration.ofMillis(200))
                .heartbeatInterval(HEARTBEAT)
                .missedHeartbeatsLimit(HEARTBEATS_MISSED)
                .shutdownMaxWait(Duration.ofSeconds(1))
                .build();
    }
}
