package io.omsbatch.core.internal.call;

import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.StressOptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("lincheck")
@DisplayName("RUN-10: A slot whose call returns while it is given up")
class SlotLincheckTest {

    private static volatile Slot.Flight late;

    /** Before the threads of a scenario are watched, by a thread that is gone: whoever interrupts it harms nobody. */
    @BeforeAll
    static void fly() throws InterruptedException {
        Thread gone = new Thread(() -> late = new Slot.Flight(5, () -> {}));
        gone.start();
        gone.join();
    }

    /** A slot with a call whose deadline is 5. */
    public static final class Slots {

        private final Slot slot = new Slot();
        private final Slot.Flight flight = late;

        /** Begins the call. */
        public Slots() {
            slot.begin(flight);
        }

        @Operation
        public boolean finish() {
            return slot.finish(flight);
        }

        @Operation
        public boolean expireTooEarly() {
            return slot.expire(4) != null;
        }

        @Operation
        public boolean expire() {
            return slot.expire(5) != null;
        }

        @Operation
        public boolean flies() {
            return slot.deadline() != null;
        }

        @Operation
        public void begin() {
            slot.begin(flight);
        }
    }

    @Test
    @DisplayName("tells one of the two, in every order of their steps and on real threads")
    void returnsOrExpires() {
        new ModelCheckingOptions()
                .threads(2)
                .actorsPerThread(2)
                .iterations(5)
                .invocationsPerIteration(100)
                .check(Slots.class);
        new StressOptions()
                .threads(2)
                .actorsPerThread(2)
                .iterations(5)
                .invocationsPerIteration(300)
                .check(Slots.class);
    }
}
