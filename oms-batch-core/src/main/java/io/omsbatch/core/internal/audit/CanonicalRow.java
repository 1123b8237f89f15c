package io.omsbatch.core.internal.audit;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Values as bytes that no other values have, on any machine: the version of this form, then each value with its type, texts with
 * their length before them, times in microseconds. Not thread-safe.
 */
public final class CanonicalRow {

    /** The version of the form; what is chained in another one needs a format of its own. */
    static final byte VERSION = 1;

    private static final int MICROS_PER_SECOND = 1_000_000;
    private static final int NANOS_PER_MICRO = 1_000;

    private ByteBuffer bytes = ByteBuffer.allocate(512).put(VERSION);

    /** Creates a row without values. */
    public CanonicalRow() {}

    /**
     * Adds a text.
     *
     * @param value the text, or null if there is none
     * @return this row
     */
    public CanonicalRow text(@Nullable String value) {
        if (value == null) {
            return missing();
        }
        byte[] text = value.getBytes(UTF_8);
        room(5 + text.length).put((byte) 'T').putInt(text.length).put(text);
        return this;
    }

    /**
     * Adds a number.
     *
     * @param value the number, or null if there is none
     * @return this row
     */
    public CanonicalRow number(@Nullable Long value) {
        if (value == null) {
            return missing();
        }
        room(9).put((byte) 'N').putLong(value);
        return this;
    }

    /**
     * Adds a time, to the microsecond.
     *
     * @param value the time
     * @return this row
     */
    public CanonicalRow time(Instant value) {
        long micros = Math.addExact(
                Math.multiplyExact(value.getEpochSecond(), MICROS_PER_SECOND), value.getNano() / NANOS_PER_MICRO);
        room(9).put((byte) 'I').putLong(micros);
        return this;
    }

    /**
     * Adds that a value is missing, which is none of the others.
     *
     * @return this row
     */
    public CanonicalRow missing() {
        room(1).put((byte) '-');
        return this;
    }

    private ByteBuffer room(int more) {
        if (bytes.remaining() < more) {
            ByteBuffer larger = ByteBuffer.allocate(Math.max(bytes.capacity() * 2, bytes.position() + more));
            bytes = larger.put(bytes.flip());
        }
        return bytes;
    }

    /** Returns the bytes of the row as it is. */
    ByteBuffer bytes() {
        return bytes.duplicate().flip();
    }
}
