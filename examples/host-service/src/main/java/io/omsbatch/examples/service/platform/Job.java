package io.omsbatch.examples.service.platform;

import org.jspecify.annotations.Nullable;

/**
 * A job: it migrates one database. Immutable.
 *
 * @param id its identity
 * @param name what people call it
 * @param revision grows with every change
 * @param life where it stands
 * @param cut its cutover, or null before it entered that
 * @param obstacle what its check finds in the way; empty if nothing is
 */
public record Job(
        String id,
        String name,
        long revision,
        Life life,
        @Nullable Cut cut,
        String obstacle) {

    /**
     * Returns a job that was never started.
     *
     * @param id its identity
     * @param name what people call it
     * @return the job
     */
    public static Job created(String id, String name) {
        return new Job(id, name, 1, Life.created(), null, "");
    }

    /**
     * Returns this job after a change of its life.
     *
     * @param value the life
     * @return the changed job
     */
    public Job with(Life value) {
        return new Job(id, name, revision + 1, value, cut, obstacle);
    }

    /**
     * Returns this job after a change of its cutover.
     *
     * @param value the cutover
     * @return the changed job
     */
    public Job with(Cut value) {
        return new Job(id, name, revision + 1, life, value, obstacle);
    }

    /**
     * Returns this job with something in the way of its cutover.
     *
     * @param value what it is; empty for nothing
     * @return the changed job
     */
    public Job withObstacle(String value) {
        return new Job(id, name, revision + 1, life, cut, value);
    }
}
