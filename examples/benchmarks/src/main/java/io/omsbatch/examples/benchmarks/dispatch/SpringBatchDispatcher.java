package io.omsbatch.examples.benchmarks.dispatch;

import io.omsbatch.examples.benchmarks.frame.CallLog;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.Job;
import org.springframework.batch.core.JobExecution;
import org.springframework.batch.core.JobParameters;
import org.springframework.batch.core.Step;
import org.springframework.batch.core.job.builder.JobBuilder;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.repository.support.ResourcelessJobRepository;
import org.springframework.batch.core.step.builder.StepBuilder;
import org.springframework.batch.item.ItemReader;
import org.springframework.batch.support.transaction.ResourcelessTransactionManager;
import org.springframework.core.task.support.TaskExecutorAdapter;
import org.springframework.retry.support.RetryTemplate;

/** Spring Batch: one chunk step over many threads, with a repository that keeps nothing, and retry around each call. */
final class SpringBatchDispatcher implements Dispatcher {

    private final int atOnce;
    private final int chunk;
    private final ExecutorService pool;
    private final RetryTemplate retry =
            RetryTemplate.builder().maxAttempts(ATTEMPTS).build();

    SpringBatchDispatcher(int atOnce, int chunk) {
        this.atOnce = atOnce;
        this.chunk = chunk;
        this.pool = Executors.newFixedThreadPool(atOnce);
    }

    @Override
    public void dispatch(int items, CallLog log) throws Exception {
        JobRepository repository = new ResourcelessJobRepository();
        Job job = new JobBuilder("calls", repository)
                .start(step(items, log, repository))
                .build();
        JobExecution execution = repository.createJobExecution("calls", new JobParameters());
        job.execute(execution);
        if (execution.getStatus() != BatchStatus.COMPLETED) {
            throw new IllegalStateException("Spring Batch: " + execution);
        }
    }

    /** The limit is deprecated, and still the only way to have as many calls at once as there are threads. */
    @SuppressWarnings({"deprecation", "removal"})
    private Step step(int items, CallLog log, JobRepository repository) {
        AtomicInteger next = new AtomicInteger();
        ItemReader<Integer> reader = () -> {
            int item = next.getAndIncrement();
            return item < items ? item : null;
        };
        return new StepBuilder("calls", repository)
                .<Integer, Integer>chunk(chunk, new ResourcelessTransactionManager())
                .reader(reader)
                .processor(item -> retry.execute(context -> log.call(item)))
                .writer(written -> written.forEach(log::succeeded))
                .taskExecutor(new TaskExecutorAdapter(pool))
                .throttleLimit(atOnce)
                .build();
    }

    @Override
    public void close() {
        pool.shutdownNow();
    }
}
