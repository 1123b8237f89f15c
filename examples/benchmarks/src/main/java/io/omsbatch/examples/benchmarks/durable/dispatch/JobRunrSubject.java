package io.omsbatch.examples.benchmarks.durable.dispatch;

import io.omsbatch.examples.benchmarks.durable.store.Calls;
import io.omsbatch.examples.benchmarks.durable.store.CheckedIteration;
import io.omsbatch.examples.benchmarks.durable.store.Database;
import io.omsbatch.examples.benchmarks.durable.store.Load;
import io.omsbatch.examples.benchmarks.frame.Iteration;
import io.omsbatch.examples.benchmarks.frame.Subject;
import io.omsbatch.examples.benchmarks.frame.WrongOutcomesException;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.jobrunr.configuration.JobRunr;
import org.jobrunr.jobs.lambdas.JobRequest;
import org.jobrunr.jobs.lambdas.JobRequestHandler;
import org.jobrunr.scheduling.JobRequestScheduler;
import org.jobrunr.server.BackgroundJobServerConfiguration;
import org.jobrunr.server.JobActivator;
import org.jobrunr.storage.sql.common.SqlStorageProviderFactory;

/** JobRunr: a job an item, in its own tables. */
final class JobRunrSubject implements Subject {

    private static final int CONNECTIONS = 24;
    private static final int POLL_SECONDS = 5;
    private static final Duration LOOK = Duration.ofMillis(20);

    private final Database database;
    private final AtomicReference<Calls> current = new AtomicReference<>();
    private final Load load;
    private final JobRequestScheduler scheduler;

    /** One job. */
    public record Call(int item) implements JobRequest {
        @Override
        public Class<Caller> getJobRequestHandler() {
            return Caller.class;
        }
    }

    /** Runs jobs. */
    public static final class Caller implements JobRequestHandler<Call> {
        private final AtomicReference<Calls> current;

        Caller(AtomicReference<Calls> current) {
            this.current = current;
        }

        @Override
        public void run(Call call) {
            Objects.requireNonNull(current.get()).call(call.item());
        }
    }

    JobRunrSubject(Database database, Load load) {
        this.database = database;
        this.load = load;
        Caller caller = new Caller(current);
        this.scheduler = JobRunr.configure()
                .useStorageProvider(SqlStorageProviderFactory.using(database.pool(CONNECTIONS)))
                .useJobActivator(new JobActivator() {
                    @Override
                    public <T> T activateJob(Class<T> type) {
                        return type.cast(caller);
                    }
                })
                .useBackgroundJobServer(BackgroundJobServerConfiguration.usingStandardBackgroundJobServerConfiguration()
                        .andWorkerCount(load.atOnce())
                        .andPollIntervalInSeconds(POLL_SECONDS))
                .initialize()
                .getJobRequestScheduler();
    }

    /** Returns how it is configured. */
    static String configuration(Load load) {
        return "JobRunr 8.7.0 OSS: " + load.atOnce() + " workers, poll interval " + POLL_SECONDS
                + " s (the least it accepts on SQL), Jackson, pool of " + CONNECTIONS
                + "; jobs put in by one enqueue of a stream, which is timed; done when every row is SUCCEEDED. Its wall times sit close to"
                + " multiples of the poll interval";
    }

    @Override
    public Iteration prepare(int items) {
        database.execute("DELETE FROM jobrunr_jobs");
        database.execute("CHECKPOINT");
        Calls calls = new Calls(items, load);
        current.set(calls);
        return CheckedIteration.of(calls, () -> callAll(items), () -> check(items));
    }

    private void callAll(int items) throws InterruptedException {
        scheduler.enqueue(IntStream.range(0, items).mapToObj(Call::new));
        while (succeeded() < items) {
            TimeUnit.NANOSECONDS.sleep(LOOK.toNanos());
        }
    }

    private long succeeded() {
        return database.number("SELECT COUNT(*) FROM jobrunr_jobs WHERE state = 'SUCCEEDED'");
    }

    private void check(int items) {
        long rows = database.number("SELECT COUNT(*) FROM jobrunr_jobs");
        if (rows != items || succeeded() != items) {
            throw new WrongOutcomesException(rows + " jobs, of which " + succeeded() + " succeeded, not " + items);
        }
    }

    @Override
    public void close() {
        JobRunr.destroy();
    }
}
