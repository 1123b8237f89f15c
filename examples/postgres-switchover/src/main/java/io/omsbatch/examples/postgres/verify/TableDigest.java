package io.omsbatch.examples.postgres.verify;

import io.omsbatch.examples.postgres.verify.RowDigests.Bucket;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.SortedMap;

/**
 * All rows of a table in one line.
 *
 * @param rows how many
 * @param md5 over all of them
 */
public record TableDigest(long rows, String md5) {

    static TableDigest of(SortedMap<Integer, Bucket> buckets) {
        MessageDigest sum = newSum();
        buckets.forEach((number, bucket) ->
                sum.update((number + ":" + bucket.digest() + "\n").getBytes(StandardCharsets.UTF_8)));
        long rows = buckets.values().stream().mapToLong(Bucket::rows).sum();
        return new TableDigest(rows, HexFormat.of().formatHex(sum.digest()));
    }

    private static MessageDigest newSum() {
        try {
            return MessageDigest.getInstance("MD5");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has MD5", e);
        }
    }
}
