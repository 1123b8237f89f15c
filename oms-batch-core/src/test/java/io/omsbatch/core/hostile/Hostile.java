package io.omsbatch.core.hostile;

import io.omsbatch.api.InvalidInputException;
import io.omsbatch.api.engine.PlanRefusedException;
import io.omsbatch.api.gateway.GatewayException;
import io.omsbatch.api.journal.JournalException;
import java.io.IOException;
import java.io.Serial;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;

/** What hostile code throws, and how it throws even what it may not. */
final class Hostile {

    /** Thrown by the tests' own objects, so that it can be told from what the library throws. */
    static final class Thrown extends RuntimeException {
        @Serial
        private static final long serialVersionUID = 1L;

        Thrown() {
            super(BadTexts.FORGED);
        }
    }

    /** Cannot be asked for anything. */
    @SuppressWarnings("ThrowableEqualsHashCode") // to be hostile
    private static final class Mute extends RuntimeException {
        @Serial
        private static final long serialVersionUID = 1L;

        private final transient Supplier<Throwable> thrown;

        Mute(Supplier<Throwable> thrown) {
            super(BadTexts.FORGED);
            this.thrown = thrown;
        }

        @Override
        public String getMessage() {
            throw sneaky(thrown.get());
        }

        @Override
        public String getLocalizedMessage() {
            throw sneaky(thrown.get());
        }

        @Override
        public synchronized Throwable getCause() {
            throw sneaky(thrown.get());
        }

        @Override
        public StackTraceElement[] getStackTrace() {
            throw sneaky(thrown.get());
        }

        @Override
        public String toString() {
            throw sneaky(thrown.get());
        }

        @Override
        public int hashCode() {
            throw sneaky(thrown.get());
        }

        @Override
        public boolean equals(Object other) {
            throw sneaky(thrown.get());
        }
    }

    /** Makes one throwable of each kind, new ones each time, because they are mutable. */
    static final List<Supplier<Throwable>> THROWABLES = List.of(
            Thrown::new,
            Hostile::cycle,
            () -> new IllegalStateException((String) null),
            () -> new IllegalStateException(BadTexts.HUGE),
            () -> new Mute(Thrown::new),
            () -> new Mute(() -> new IOException(BadTexts.FORGED)),
            () -> new Mute(StackOverflowError::new),
            Hostile::overflow,
            () -> new OutOfMemoryError(BadTexts.FORGED),
            () -> new NoClassDefFoundError(BadTexts.FORGED),
            () -> new ExceptionInInitializerError(cycle()),
            () -> new AssertionError(BadTexts.FORGED),
            () -> new IOException(BadTexts.FORGED),
            () -> new Exception(BadTexts.FORGED),
            () -> new Throwable(BadTexts.FORGED),
            () -> new InterruptedException(BadTexts.FORGED),
            () -> new CancellationException(BadTexts.FORGED),
            () -> new CompletionException(BadTexts.FORGED, cycle()),
            () -> new UncheckedIOException(new IOException(BadTexts.FORGED)),
            () -> new InvalidInputException(BadTexts.FORGED, BadTexts.FORGED),
            () -> new PlanRefusedException(PlanRefusedException.Why.EXPIRED, BadTexts.FORGED),
            () -> new GatewayException(
                    GatewayException.Kind.TRANSIENT, BadTexts.FORGED, BadTexts.HUGE, BadTexts.FORGED, cycle()),
            () -> new GatewayException(
                    GatewayException.Kind.AMBIGUOUS, BadTexts.HUGE, BadTexts.FORGED, BadTexts.HUGE, cycle()),
            () -> new GatewayException(GatewayException.Kind.REJECTED, "", "", "", null),
            () -> new JournalException(JournalException.Kind.UNAVAILABLE, BadTexts.FORGED, BadTexts.FORGED, cycle()),
            () -> new JournalException(JournalException.Kind.IN_DOUBT, "", BadTexts.HUGE, null),
            () -> new JournalException(JournalException.Kind.FENCED, "", "", null),
            () -> new JournalException(JournalException.Kind.CLOSED, "", "", null));

    private Hostile() {}

    /** Throws anything, whatever the compiler believes: {@code throw sneaky(thrown)}. */
    static RuntimeException sneaky(Throwable thrown) {
        return Hostile.<RuntimeException>unchecked(thrown);
    }

    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
    private static <T extends Throwable> RuntimeException unchecked(Throwable thrown) throws T {
        throw (T) thrown;
    }

    private static Throwable cycle() {
        IllegalStateException first = new IllegalStateException(BadTexts.FORGED);
        IllegalStateException second = new IllegalStateException(BadTexts.FORGED, first);
        first.initCause(second);
        first.addSuppressed(second);
        return first;
    }

    /** A real overflow of the stack, not one that is merely made. */
    static Throwable overflow() {
        try {
            return new IllegalStateException("depth " + deeper(0));
        } catch (StackOverflowError thrown) {
            return thrown;
        }
    }

    private static int deeper(int depth) {
        return depth < 0 ? depth : 1 + deeper(depth + 1);
    }
}
