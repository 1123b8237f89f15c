package io.omsbatch.examples.postgres.problem;

import org.jspecify.annotations.Nullable;

/** The platform could not do what it was asked; {@link #problem()} says why and what to do. */
public class PlatformFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Problem problem;

    /** A failure with its problem and, where there is one, what caused it. */
    public PlatformFailure(Problem problem, @Nullable Throwable cause) {
        super(problem.code() + ": " + problem.message() + " - " + problem.remedy(), cause);
        this.problem = problem;
    }

    /** Why, and what to do about it. */
    public Problem problem() {
        return problem;
    }
}
