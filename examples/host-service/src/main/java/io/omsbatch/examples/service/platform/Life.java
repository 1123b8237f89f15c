package io.omsbatch.examples.service.platform;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The life of a job without its cutover. Immutable.
 *
 * @param status where it stands
 * @param stage what it works on
 * @param mark how far the stage is
 * @param alarm who is woken when it fails
 * @param work what is under way, or null if nothing is
 */
public record Life(
        JobStatus status,
        JobStage stage,
        JobStage.Mark mark,
        Alarm alarm,
        @Nullable Work work) {

    /**
     * Something that takes its time.
     *
     * @param what what was ordered; null if the stage goes on by itself
     * @param due when it is done
     */
    public record Work(@Nullable Order what, Instant due) {}

    /** Returns the life of a job that was never started. */
    public static Life created() {
        return new Life(JobStatus.CREATED, JobStage.PREPARE, JobStage.Mark.OPEN, Alarm.OFF, null);
    }

    /**
     * Returns what was ordered and is under way.
     *
     * @return the order, or null if there is none
     */
    public @Nullable Order ordered() {
        return work == null ? null : work.what();
    }

    /**
     * Returns this life with another status.
     *
     * @param value the status
     * @return the changed life
     */
    public Life with(JobStatus value) {
        return new Life(value, stage, mark, alarm, work);
    }

    /**
     * Returns this life in another stage.
     *
     * @param value the stage
     * @param how how far it is
     * @return the changed life
     */
    public Life with(JobStage value, JobStage.Mark how) {
        return new Life(status, value, how, alarm, work);
    }

    /**
     * Returns this life with another alarm.
     *
     * @param value the alarm
     * @return the changed life
     */
    public Life with(Alarm value) {
        return new Life(status, stage, mark, value, work);
    }

    /**
     * Returns this life with something under way.
     *
     * @param value what, or null for nothing
     * @return the changed life
     */
    public Life with(@Nullable Work value) {
        return new Life(status, stage, mark, alarm, value);
    }
}
