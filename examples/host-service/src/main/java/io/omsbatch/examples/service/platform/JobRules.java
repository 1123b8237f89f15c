package io.omsbatch.examples.service.platform;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What may be ordered of a job as it is, and what comes of it. Decides, and does nothing. */
final class JobRules {

    private final Pace pace;

    JobRules(Pace pace) {
        this.pace = pace;
    }

    /** Returns a job with everything that became due until now. */
    Job settled(Job job, Instant now) {
        Job settled = job;
        Life.Work work = settled.life().work();
        while (work != null && !work.due().isAfter(now)) {
            settled = settled.with(after(settled.life(), work));
            work = settled.life().work();
        }
        return settled;
    }

    private Life after(Life life, Life.Work work) {
        Order what = work.what();
        if (what == null) {
            Life further = oneStageOn(life);
            return further.with(nextStage(further, work.due()));
        }
        return switch (what) {
            case START, CONTINUE -> life.with(JobStatus.ACTIVE).with(nextStage(life, work.due()));
            case HALT -> life.with(JobStatus.HALTED).with((Life.Work) null);
            case CLOSE -> life.with(JobStatus.CLOSED).with((Life.Work) null);
            case REMOVE, SET_ALARM, SKIP_COMPARE, ENTER_CUTOVER ->
                throw new IllegalStateException(what + " takes no time");
        };
    }

    private static Life oneStageOn(Life life) {
        return switch (life.stage()) {
            case PREPARE -> life.with(JobStage.COPY, JobStage.Mark.OPEN);
            case COPY -> life.with(JobStage.FOLLOW, JobStage.Mark.OPEN);
            case FOLLOW -> life.with(JobStage.COMPARE, JobStage.Mark.OPEN);
            case COMPARE -> life.with(JobStage.COMPARE, JobStage.Mark.DONE);
            case CUTOVER -> throw new IllegalStateException("the cutover does not go on by itself");
        };
    }

    private Life.@Nullable Work nextStage(Life life, Instant from) {
        boolean more = life.stage() != JobStage.CUTOVER && life.mark() == JobStage.Mark.OPEN;
        return more ? new Life.Work(null, from.plus(pace.stage())) : null;
    }

    /** Decides about an order for a job in which everything due is settled. */
    Ruling order(Job job, Order order, @Nullable Alarm alarm, Instant now) {
        Life life = job.life();
        if (order == Order.SET_ALARM) {
            return alarm == null || life.status().compareTo(JobStatus.CLOSING) >= 0
                    ? refused(job, order)
                    : Ruling.changed(job.with(life.with(alarm)));
        }
        if (life.ordered() != null) {
            return life.ordered() == order
                    ? Ruling.needless(job)
                    : Ruling.refused(job, "BUSY", job.id() + " is busy with " + life.ordered());
        }
        if (!allowed(life, order)) {
            return refused(job, order);
        }
        Life.Work work = new Life.Work(order, now.plus(pace.order()));
        return switch (order) {
            case START, HALT, CONTINUE -> Ruling.changed(job.with(life.with(work)));
            case CLOSE -> Ruling.changed(job.with(life.with(JobStatus.CLOSING).with(work)));
            case REMOVE -> Ruling.removed(job);
            case SKIP_COMPARE ->
                Ruling.changed(job.with(
                        life.with(JobStage.COMPARE, JobStage.Mark.SKIPPED).with((Life.Work) null)));
            case ENTER_CUTOVER ->
                Ruling.changed(job.with(life.with(JobStage.CUTOVER, JobStage.Mark.OPEN))
                        .with(Cut.entered()));
            case SET_ALARM -> throw new IllegalStateException("decided above");
        };
    }

    private static boolean allowed(Life life, Order order) {
        JobStatus status = life.status();
        boolean open = life.mark() == JobStage.Mark.OPEN;
        return switch (order) {
            case START -> status == JobStatus.CREATED;
            case HALT -> status == JobStatus.ACTIVE;
            case CONTINUE, CLOSE -> status == JobStatus.HALTED;
            case REMOVE -> status == JobStatus.CREATED || status == JobStatus.CLOSED;
            case SKIP_COMPARE ->
                (status == JobStatus.ACTIVE || status == JobStatus.HALTED) && life.stage() == JobStage.COMPARE && open;
            case ENTER_CUTOVER -> status == JobStatus.ACTIVE && life.stage() == JobStage.COMPARE && !open;
            case SET_ALARM -> true;
        };
    }

    private static Ruling refused(Job job, Order order) {
        Life life = job.life();
        return Ruling.refused(
                job,
                "WRONG_STATE",
                order + " does not fit " + job.id() + ", which is " + life.status() + " in " + life.stage() + " ("
                        + life.mark() + ")");
    }
}
