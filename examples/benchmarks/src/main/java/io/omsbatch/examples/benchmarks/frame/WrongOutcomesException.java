package io.omsbatch.examples.benchmarks.frame;

/** A contender did not do its work: what it needed for that is worth nothing. */
public final class WrongOutcomesException extends RuntimeException {

    private static final long serialVersionUID = 1;

    /**
     * Says what is wrong.
     *
     * @param message what
     */
    public WrongOutcomesException(String message) {
        super(message);
    }
}
