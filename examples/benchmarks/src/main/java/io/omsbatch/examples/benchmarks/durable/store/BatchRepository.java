package io.omsbatch.examples.benchmarks.durable.store;

import io.omsbatch.examples.benchmarks.durable.store.OutcomeTable.Fact;
import io.omsbatch.examples.benchmarks.frame.WrongOutcomesException;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.Job;
import org.springframework.batch.core.JobExecution;
import org.springframework.batch.core.JobParameters;
import org.springframework.batch.core.JobParametersBuilder;
import org.springframework.batch.core.Step;
import org.springframework.batch.core.job.builder.JobBuilder;
import org.springframework.batch.core.job.builder.SimpleJobBuilder;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.repository.support.JobRepositoryFactoryBean;
import org.springframework.batch.core.step.builder.SimpleStepBuilder;
import org.springframework.batch.core.step.builder.StepBuilder;
import org.springframework.batch.item.Chunk;
import org.springframework.batch.item.ItemProcessor;
import org.springframework.batch.repeat.support.TaskExecutorRepeatTemplate;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.task.SimpleAsyncTaskExecutor;
import org.springframework.jdbc.datasource.DataSourceUtils;
import org.springframework.jdbc.datasource.init.ResourceDatabasePopulator;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.PlatformTransactionManager;

/** Spring Batch with its repository in a database, and steps whose outcome rows are in the transaction of their chunk. */
public final class BatchRepository {

    private final DataSource pool;
    private final PlatformTransactionManager transactions;
    private final JobRepository repository;

    /**
     * Makes its tables.
     *
     * @param database where
     * @param threads how many threads take chunks at once, at most
     */
    public BatchRepository(Database database, int threads) {
        this.pool = database.pool(threads + 4);
        this.transactions = new JdbcTransactionManager(pool);
        String script = switch (database.kind()) {
            case H2 -> "schema-h2.sql";
            case POSTGRESQL -> "schema-postgresql.sql";
        };
        new ResourceDatabasePopulator(new ClassPathResource("org/springframework/batch/core/" + script)).execute(pool);
        this.repository = repository();
    }

    private JobRepository repository() {
        try {
            JobRepositoryFactoryBean factory = new JobRepositoryFactoryBean();
            factory.setDataSource(pool);
            factory.setTransactionManager(transactions);
            factory.setIsolationLevelForCreate("ISOLATION_READ_COMMITTED");
            factory.afterPropertiesSet();
            return factory.getObject();
        } catch (Exception broken) {
            throw new IllegalStateException("Spring Batch has no repository", broken);
        }
    }

    /**
     * Returns a step that calls all items.
     *
     * @param calls what is called
     * @param number the number of the step
     * @param chunk how many items share a transaction
     * @param threads how many threads take chunks
     * @return the step
     */
    @SuppressWarnings("removal") // without a throttle limit it takes no more than four threads
    public Step step(Calls calls, int number, int chunk, int threads) {
        AtomicInteger next = new AtomicInteger();
        ItemProcessor<Integer, Integer> call = item -> {
            calls.call(item, number);
            return item;
        };
        SimpleStepBuilder<Integer, Integer> step = new StepBuilder("step-" + number, repository)
                .<Integer, Integer>chunk(chunk, transactions)
                .reader(() -> {
                    int item = next.getAndIncrement();
                    return item < calls.items() ? item : null;
                })
                .processor(call)
                .writer(done -> write(number, done));
        if (threads > 1) {
            SimpleAsyncTaskExecutor executor = new SimpleAsyncTaskExecutor("batch-");
            executor.setConcurrencyLimit(threads);
            TaskExecutorRepeatTemplate repeat = new TaskExecutorRepeatTemplate();
            repeat.setTaskExecutor(executor);
            repeat.setThrottleLimit(threads);
            step.stepOperations(repeat);
        }
        return step.build();
    }

    private void write(int step, Chunk<? extends Integer> done) throws Exception {
        Connection connection = DataSourceUtils.getConnection(pool);
        try {
            OutcomeTable.insert(connection, Fact.OUTCOME, step, new ArrayList<>(done.getItems()));
        } finally {
            DataSourceUtils.releaseConnection(connection, pool);
        }
    }

    /**
     * Returns a job of steps, one after the other.
     *
     * @param first the first step
     * @param others the others
     * @return the job
     */
    public Job job(Step first, Step... others) {
        SimpleJobBuilder job = new JobBuilder("measured", repository).start(first);
        List.of(others).forEach(job::next);
        return job.build();
    }

    /**
     * Runs a job once.
     *
     * @param job the job
     * @throws Exception if it does not complete
     */
    public void run(Job job) throws Exception {
        JobParameters parameters = new JobParametersBuilder()
                .addString("run", UUID.randomUUID().toString())
                .toJobParameters();
        JobExecution execution = repository.createJobExecution(job.getName(), parameters);
        job.execute(execution);
        if (execution.getStatus() != BatchStatus.COMPLETED) {
            throw new WrongOutcomesException(
                    "Spring Batch ended " + execution.getStatus() + ": " + execution.getAllFailureExceptions());
        }
    }
}
