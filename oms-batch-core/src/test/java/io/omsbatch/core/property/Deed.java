package io.omsbatch.core.property;

import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;

/**
 * Something that an operator does in front of a board.
 *
 * @param waitSeconds how long before it
 * @param task which task of the board, modulo their number
 * @param action which of its open actions, modulo their number
 * @param manner how
 */
record Deed(int waitSeconds, int task, int action, Manner manner) {

    /** How an operator acts. */
    enum Manner {
        /** On one task, as the board shows it. */
        ONE,
        /** On the whole lane. */
        LANE,
        /** On one task, twice, as with a double click. */
        TWICE,
        /** On one task, by the first board that was ever seen. */
        LATE
    }

    static Arbitrary<List<Deed>> any() {
        Arbitrary<Manner> manners = Arbitraries.frequency(
                Tuple.of(4, Manner.ONE), Tuple.of(2, Manner.LANE), Tuple.of(2, Manner.TWICE), Tuple.of(1, Manner.LATE));
        return Combinators.combine(
                        Arbitraries.of(0, 1, 5, 12, 40),
                        Arbitraries.integers().between(0, 3),
                        Arbitraries.integers().between(0, 3),
                        manners)
                .as(Deed::new)
                .list()
                .ofMaxSize(30);
    }
}
