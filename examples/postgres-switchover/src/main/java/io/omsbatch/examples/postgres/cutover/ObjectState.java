package io.omsbatch.examples.postgres.cutover;

/**
 * How one object is going.
 *
 * @param id its kind and name
 * @param description what is to be done
 * @param going how that is going
 * @param message what happened
 * @param ours whether it was not there before, so that taking the step back removes it
 */
public record ObjectState(String id, String description, Going going, String message, boolean ours) {

    /** How an object is going. */
    public enum Going {
        /** Not begun. */
        PENDING,
        /** Done. */
        DONE,
        /** Tried without success. */
        FAILED
    }
}
