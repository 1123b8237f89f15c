package io.omsbatch.examples.postgres.drive;

import io.omsbatch.examples.postgres.control.ControlDatabase;
import io.omsbatch.examples.postgres.control.Notes;
import io.omsbatch.examples.postgres.control.TaskStore;
import io.omsbatch.examples.postgres.problem.PlatformFailure;
import io.omsbatch.examples.postgres.problem.Problem;
import io.omsbatch.examples.postgres.replication.Look;
import io.omsbatch.examples.postgres.task.Status;
import io.omsbatch.examples.postgres.task.TaskRecord;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at the tables again and again and does what is to be done, each task by itself, a few at a time. What it was at
 * when its process is killed, the next one does again; one that was only frozen can do nothing more by then. Thread-safe.
 */
public final class Driver implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Driver.class);
    private static final Duration PACE = Duration.ofMillis(100);
    private static final Duration HEALTH_PACE = Duration.ofMillis(500);
    private static final int WORKERS = 8;
    private static final Set<Status> TOLD = Set.of(Status.STOPPING, Status.ENDING);

    private final Servers servers;
    private final TaskStore store;
    private final WorkList work;
    private final Leadership leadership;
    private final LinkHealth health = new LinkHealth();
    private final Set<String> busy = ConcurrentHashMap.newKeySet();
    private final Semaphore pokes = new Semaphore(0);
    private final ExecutorService workers = Executors.newFixedThreadPool(WORKERS, daemons("platform-worker-"));
    private final Thread loop = new Thread(this::run, "platform-driver");
    private volatile boolean closed;

    /**
     * Drives the tasks in {@code control}; begins with {@link #start}.
     *
     * @param process what the servers call this process
     */
    public Driver(String process, Servers servers, ControlDatabase control) {
        this.leadership = new Leadership(process, control, servers);
        this.servers = servers.unless(leadership::ensureHeld);
        ControlDatabase guarded = control.unless(leadership::ensureHeld);
        this.store = new TaskStore(guarded);
        this.work = new WorkList(this.servers, store, new Notes(guarded));
        this.loop.setDaemon(true);
    }

    /** Begins. */
    public void start() {
        loop.start();
    }

    /** Says that there may be something to do. */
    public void poke() {
        pokes.release();
    }

    /** The problem of a task whose changes must not begin to flow back yet. */
    public static Problem stillFlowing(String taskId) {
        return Problem.passing(
                "FORWARD_NOT_QUIET",
                "rows of task " + taskId + " may still flow to the side that the application enters",
                "stop that sync first: never both directions at once");
    }

    @Override
    public void close() {
        closed = true;
        poke();
        workers.shutdownNow();
        try {
            loop.join(TimeUnit.SECONDS.toMillis(15));
            if (!workers.awaitTermination(15, TimeUnit.SECONDS)) {
                LOG.warn("a worker of the platform is still busy");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        long healthAt = System.nanoTime();
        while (!closed) {
            try {
                // work that was begun before the lead was lost has to end first
                if (leadership.held() || (busy.isEmpty() && leadership.taken())) {
                    List<TaskRecord> tasks = store.all();
                    tasks.forEach(this::dispatch);
                    if (System.nanoTime() - healthAt >= 0) {
                        healthAt = System.nanoTime() + HEALTH_PACE.toNanos();
                        checkHealth(tasks);
                    }
                }
            } catch (RuntimeException e) {
                LOG.warn("the platform could not look at its tasks: {}", e.getMessage());
            }
            awaitPoke();
        }
        leadership.close();
    }

    private void awaitPoke() {
        try {
            if (pokes.tryAcquire(PACE.toMillis(), TimeUnit.MILLISECONDS)) {
                pokes.drainPermits();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void dispatch(TaskRecord task) {
        work.find(task).ifPresent(found -> {
            if (!closed && busy.add(task.id())) {
                workers.execute(() -> carryOut(task.id(), found));
            }
        });
    }

    private void carryOut(String id, Work found) {
        try {
            for (TaskRecord task : store.read(List.of(id))) {
                // what was found a moment ago may have been changed by a command, or done
                if (work.find(task).isPresent()) {
                    attempt(task, work.find(task).orElse(found));
                }
            }
        } catch (RuntimeException e) {
            LOG.warn("the platform could not work on task {}: {}", id, e.getMessage());
        } finally {
            busy.remove(id);
        }
    }

    private void attempt(TaskRecord task, Work found) {
        try {
            TaskRecord after = found.on(task);
            if (store.change(task.id(), now -> now.state().equals(task.state()) ? merge(now, after) : now)) {
                poke();
            }
        } catch (PlatformFailure e) {
            // a task that is told to stop or to end is not made to fail by something that passes
            boolean again =
                    e.problem().retryable() && TOLD.contains(task.state().status());
            if (!closed && !again) {
                fail(task, e.problem());
            }
        }
    }

    private void fail(TaskRecord task, Problem problem) {
        LOG.info("task {}: {}", task.id(), problem);
        store.change(
                task.id(),
                now -> now.state().equals(task.state())
                        ? now.with(WorkList.failed(now.state())).with(problem)
                        : now);
    }

    private void checkHealth(List<TaskRecord> tasks) {
        Look look = servers.look();
        for (TaskRecord task : tasks) {
            if (!busy.contains(task.id())) {
                health.problem(task, look).ifPresent(problem -> fail(task, problem));
                if (health.wakes(task, look) && busy.add(task.id())) {
                    workers.execute(() -> wake(task.id()));
                }
            }
        }
    }

    private void wake(String id) {
        try {
            for (TaskRecord task : store.read(List.of(id))) {
                if (LinkHealth.isMeantToFlow(task)) {
                    servers.link(id, task.state().leading()).enable();
                    LOG.info("task {}: its link was switched off, and flows again", id);
                }
            }
        } catch (RuntimeException e) {
            LOG.info("task {}: its link could not be switched on again: {}", id, e.getMessage());
        } finally {
            busy.remove(id);
        }
    }

    /** What the work changed; the protection may have been changed meanwhile. */
    private static TaskRecord merge(TaskRecord now, TaskRecord after) {
        return new TaskRecord(now.id(), now.parts(), now.protection(), after.state(), after.links(), after.problem());
    }

    private static ThreadFactory daemons(String name) {
        AtomicInteger number = new AtomicInteger();
        return task -> {
            Thread thread = new Thread(task, name + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        };
    }
}
