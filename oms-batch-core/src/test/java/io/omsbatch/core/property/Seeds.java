package io.omsbatch.core.property;

/** Where the simulations of this package begin. */
final class Seeds {

    /**
     * The same tries in every build. With the empty text each build makes new ones; a failing build prints the seed that
     * makes its tries again.
     */
    static final String FIXED = "20261126";

    private Seeds() {}
}
