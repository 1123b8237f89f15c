package io.omsbatch.core.internal.audit;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Hashes rows so that none can be changed, added, removed or moved without changing every hash after it: each hash is over the one
 * before it and the row. With a key only who has the key can make hashes that fit. Not thread-safe.
 */
public final class HashChain {

    private static final String HASH = "SHA-256";
    private static final String KEYED_HASH = "HmacSHA256";

    /** What hashes: with or without a key. */
    private interface Hashing {
        void update(ByteBuffer bytes);

        byte[] finish();
    }

    private final Hashing hashing;

    /**
     * Begins to hash.
     *
     * @param key the key, or null to hash without one
     */
    public HashChain(byte @Nullable [] key) {
        try {
            hashing = key == null ? plain() : keyed(key);
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException("every Java has " + HASH + " and " + KEYED_HASH, missing);
        }
    }

    private static Hashing plain() throws GeneralSecurityException {
        MessageDigest digest = MessageDigest.getInstance(HASH);
        return new Hashing() {
            @Override
            public void update(ByteBuffer bytes) {
                digest.update(bytes);
            }

            @Override
            public byte[] finish() {
                return digest.digest();
            }
        };
    }

    private static Hashing keyed(byte[] key) throws GeneralSecurityException {
        Mac mac = Mac.getInstance(KEYED_HASH);
        mac.init(new SecretKeySpec(key, KEYED_HASH));
        return new Hashing() {
            @Override
            public void update(ByteBuffer bytes) {
                mac.update(bytes);
            }

            @Override
            public byte[] finish() {
                return mac.doFinal();
            }
        };
    }

    /**
     * Takes in a row; {@link #hash} is over all rows since the last hash.
     *
     * @param row the row
     */
    public void add(CanonicalRow row) {
        ByteBuffer bytes = row.bytes();
        hashing.update(
                ByteBuffer.allocate(Integer.BYTES).putInt(bytes.remaining()).flip());
        hashing.update(bytes);
    }

    /** Returns the hash, 64 hexadecimal digits, over the rows that were taken in, and begins anew. */
    public String hash() {
        return HexFormat.of().formatHex(hashing.finish());
    }

    /**
     * Chains one row.
     *
     * @param before the hash before it
     * @param row the row
     * @return the hash of both
     */
    public String link(String before, CanonicalRow row) {
        add(new CanonicalRow().text(before));
        add(row);
        return hash();
    }
}
