package io.omsbatch.examples.service.platform;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.ClassPathResource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.init.DatabasePopulatorUtils;
import org.springframework.jdbc.datasource.init.ResourceDatabasePopulator;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The migration platform. It takes an order in one transaction, and what was ordered comes about some time later, whether or not
 * anybody waits for it. Thread-safe. What it throws is Spring's {@code DataAccessException} and {@code TransactionException}.
 */
public final class MigrationPlatform {

    private final TransactionTemplate transaction;
    private final JdbcClient client;
    private final JobTable jobs;
    private final JobRules jobRules;
    private final CutRules cutRules;
    private final Pace pace;
    private final InstantSource clock;

    /**
     * Opens the platform, and makes its tables if they are not there.
     *
     * @param source its database
     * @param pace how long it takes
     * @param clock its clock
     */
    public MigrationPlatform(DataSource source, Pace pace, InstantSource clock) {
        DatabasePopulatorUtils.execute(
                new ResourceDatabasePopulator(new ClassPathResource("platform.sql", MigrationPlatform.class)), source);
        this.transaction = new TransactionTemplate(new JdbcTransactionManager(source));
        this.client = JdbcClient.create(source);
        this.jobs = new JobTable(client);
        this.jobRules = new JobRules(pace);
        this.cutRules = new CutRules(pace);
        this.pace = pace;
        this.clock = clock;
    }

    /** Returns the platform's time, to the millisecond. */
    public Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }

    /** Returns how long after it was taken an order has its effect, at most. */
    public Duration longestEffect() {
        return pace.order().compareTo(pace.step()) > 0 ? pace.order() : pace.step();
    }

    /** Returns how far a target is behind its source while it follows. */
    public Duration behind() {
        return CutRules.BEHIND;
    }

    /**
     * Adds a job, or puts it in place of the one with its id.
     *
     * @param job the job
     */
    public void put(Job job) {
        jobs.write(job);
    }

    /**
     * Removes a job, whatever it is doing.
     *
     * @param id its identity
     */
    public void remove(String id) {
        jobs.delete(id);
    }

    /**
     * Finds jobs.
     *
     * @param ids their identities
     * @return those that exist, as they are now
     */
    public List<Job> find(Collection<String> ids) {
        return jobs.find(ids).stream().map(this::settled).toList();
    }

    /**
     * Lists jobs by their identity.
     *
     * @param after the last one of the page before; empty for the first page
     * @param most how many at most
     * @return the jobs, as they are now
     */
    public List<Job> list(String after, int most) {
        return jobs.after(after, most).stream().map(this::settled).toList();
    }

    /**
     * Takes an order.
     *
     * @param ticket with what it comes
     * @param id the job
     * @param order what is ordered
     * @param alarm the alarm, for an order to set it
     * @return what became of it
     */
    public Answer order(Ticket ticket, String id, Order order, @Nullable Alarm alarm) {
        return judge(ticket, id, job -> jobRules.order(job, order, alarm, now()));
    }

    /**
     * Takes an order about a step of a cutover.
     *
     * @param ticket with what it comes
     * @param id the job
     * @param step the step
     * @param way what to do with it
     * @return what became of it
     */
    public Answer step(Ticket ticket, String id, CutStep step, CutStep.Way way) {
        return judge(ticket, id, job -> {
            if (way != CutStep.Way.UNDO && wasTakenBack(ticket, id, step)) {
                return Ruling.refused(job, "TAKEN_BACK", "this run has taken " + step + " of " + id + " back");
            }
            Ruling ruling = cutRules.step(job, step, way, now());
            if (way == CutStep.Way.UNDO && ruling.kind() != Ruling.Kind.REFUSED) {
                noteTakenBack(ticket, id, step);
            }
            return ruling;
        });
    }

    /** One order, one transaction: what it changes and that it was seen are there together, or not at all. */
    private Answer judge(Ticket ticket, String id, Function<Job, Ruling> rule) {
        return Objects.requireNonNull(transaction.execute(status -> {
            client.sql("SELECT one FROM turn FOR UPDATE").query(Integer.class).single();
            if (isOutdated(ticket)) {
                return Answer.refused("FENCED", "somebody newer than " + ticket.token() + " speaks for this run");
            }
            if (wasSeen(ticket.key())) {
                return Answer.taken();
            }
            if (clock.instant().isAfter(ticket.deadline())) {
                return Answer.late(ticket);
            }
            Optional<Job> job = jobs.find(id).map(this::settled);
            if (job.isEmpty()) {
                return Answer.refused("NO_SUCH_JOB", "there is no job " + id);
            }
            return carryOut(ticket, rule.apply(job.get()));
        }));
    }

    private Answer carryOut(Ticket ticket, Ruling ruling) {
        switch (ruling.kind()) {
            case REFUSED -> {
                return Answer.refused(ruling.code(), ruling.text());
            }
            case NEEDLESS -> {
                return Answer.taken();
            }
            case CHANGED -> jobs.write(ruling.job());
            case REMOVED -> jobs.delete(ruling.job().id());
        }
        client.sql("INSERT INTO seen (order_key) VALUES (:key)")
                .param("key", ticket.key())
                .update();
        return Answer.taken();
    }

    private Job settled(Job job) {
        Instant now = now();
        return jobRules.settled(cutRules.settled(job, now), now);
    }

    private boolean isOutdated(Ticket ticket) {
        Optional<Long> highest = client.sql("SELECT token FROM fence WHERE run = :run")
                .param("run", ticket.run())
                .query(Long.class)
                .optional();
        if (highest.isPresent() && highest.get() > ticket.token()) {
            return true;
        }
        client.sql("MERGE INTO fence (run, token) KEY (run) VALUES (:run, :token)")
                .param("run", ticket.run())
                .param("token", ticket.token())
                .update();
        return false;
    }

    private boolean wasSeen(String key) {
        return count(
                client.sql("SELECT COUNT(*) FROM seen WHERE order_key = :key").param("key", key));
    }

    private boolean wasTakenBack(Ticket ticket, String id, CutStep step) {
        return count(client.sql("SELECT COUNT(*) FROM taken_back WHERE run = :run AND job = :job AND step = :step")
                .param("run", ticket.run())
                .param("job", id)
                .param("step", step.name()));
    }

    private void noteTakenBack(Ticket ticket, String id, CutStep step) {
        client.sql("MERGE INTO taken_back (run, job, step) KEY (run, job, step) VALUES (:run, :job, :step)")
                .param("run", ticket.run())
                .param("job", id)
                .param("step", step.name())
                .update();
    }

    private static boolean count(JdbcClient.StatementSpec statement) {
        return statement.query(Long.class).single() > 0;
    }
}
