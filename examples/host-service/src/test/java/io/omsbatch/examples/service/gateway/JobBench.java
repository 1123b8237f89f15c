package io.omsbatch.examples.service.gateway;

import com.zaxxer.hikari.HikariDataSource;
import io.omsbatch.api.gateway.SwitchoverGateway;
import io.omsbatch.api.task.TaskRef;
import io.omsbatch.examples.service.platform.Job;
import io.omsbatch.examples.service.platform.JobStage;
import io.omsbatch.examples.service.platform.JobStatus;
import io.omsbatch.examples.service.platform.Life;
import io.omsbatch.examples.service.platform.MigrationPlatform;
import io.omsbatch.examples.service.platform.Order;
import io.omsbatch.examples.service.platform.Pace;
import io.omsbatch.examples.service.platform.Ticket;
import io.omsbatch.testkit.contract.SwitchoverBench;
import io.omsbatch.testkit.contract.TaskSetup;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** Lends the gateway and disposable tasks to the testkit, on a platform in memory that is quicker than the real one. */
public final class JobBench implements SwitchoverBench {

    private static final AtomicInteger NUMBERS = new AtomicInteger();
    private static final Duration QUICK = Duration.ofMillis(10);

    private final HikariDataSource source = new HikariDataSource();
    private final MigrationPlatform platform;
    private final JobGateway gateway;

    public JobBench() {
        source.setJdbcUrl("jdbc:h2:mem:bench" + NUMBERS.incrementAndGet());
        platform = new MigrationPlatform(source, new Pace(QUICK, QUICK, QUICK), InstantSource.system());
        gateway = new JobGateway(platform);
    }

    @Override
    public SwitchoverGateway gateway() {
        return gateway;
    }

    @Override
    public InstantSource clock() {
        return InstantSource.system();
    }

    @Override
    public Optional<TaskRef> create(TaskSetup setup) {
        Life life = Life.created();
        return Optional.of(add(
                switch (setup) {
                    case NOT_STARTED -> life;
                    case RUNNING -> life.with(JobStatus.ACTIVE).with(JobStage.FOLLOW, JobStage.Mark.OPEN);
                    case STOPPED -> life.with(JobStatus.HALTED).with(JobStage.FOLLOW, JobStage.Mark.OPEN);
                    case ENDED -> life.with(JobStatus.CLOSED).with(JobStage.FOLLOW, JobStage.Mark.OPEN);
                    case IN_FULL_VERIFICATION -> life.with(JobStatus.ACTIVE).with(JobStage.COMPARE, JobStage.Mark.OPEN);
                    case READY_FOR_SWITCHOVER -> life.with(JobStatus.ACTIVE).with(JobStage.COMPARE, JobStage.Mark.DONE);
                }));
    }

    @Override
    public Optional<TaskRef> enter() {
        TaskRef task = create(TaskSetup.READY_FOR_SWITCHOVER).orElseThrow();
        Ticket ticket =
                new Ticket("setup", 1, "enter " + task.id(), Instant.now().plusSeconds(15));
        platform.order(ticket, task.id(), Order.ENTER_CUTOVER, null);
        return Optional.of(task);
    }

    private TaskRef add(Life life) {
        String id = "job-" + NUMBERS.incrementAndGet();
        platform.put(Job.created(id, "orders of " + id).with(life));
        return JobGateway.task(id);
    }

    @Override
    public TaskRef unknown() {
        return JobGateway.task("nobody");
    }

    @Override
    public void remove(TaskRef task) {
        platform.remove(task.id());
    }

    @Override
    public Duration settleTime() {
        return Duration.ofSeconds(5);
    }

    @Override
    public Duration lookEvery() {
        return Duration.ofMillis(5);
    }

    @Override
    public void close() {
        source.close();
    }
}
