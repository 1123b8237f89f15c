package io.omsbatch.core.plan;

import io.omsbatch.api.operation.BatchRequest;
import io.omsbatch.api.plan.PlanEntry;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/** The fingerprint by which a plan is confirmed: SHA-256 over request, operation, ids and observed revisions (PLAN-3). */
final class Fingerprint {

    private static final String SCHEME = "oms-batch-plan-1";

    private final MessageDigest digest;

    /** What the digest has yet to take, because it takes a few bytes slowly. */
    private final ByteBuffer gathered = ByteBuffer.allocate(8_192);

    private Fingerprint() {
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java runtime has SHA-256", impossible);
        }
    }

    static String of(BatchRequest request, List<PlanEntry> entries) {
        Fingerprint fingerprint = new Fingerprint();
        fingerprint.add(SCHEME);
        fingerprint.add(request.requestId());
        fingerprint.add(request.actor().name());
        fingerprint.add(request.operation().toString());
        fingerprint.add(request.policy().toString());
        fingerprint.add(request.redriveOf() == null ? "" : request.redriveOf());
        for (PlanEntry entry : entries) {
            fingerprint.add(entry.ref().platform());
            fingerprint.add(entry.ref().id());
            fingerprint.add(standing(entry));
        }
        fingerprint.flush();
        return HexFormat.of().formatHex(fingerprint.digest.digest());
    }

    private static String standing(PlanEntry entry) {
        return entry instanceof PlanEntry.Eligible eligible
                ? "eligible " + eligible.task().revision().value()
                : entry.getClass().getSimpleName();
    }

    /** Adds a text with its length before it, so that no two lists of texts give the same bytes. */
    private void add(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        if (gathered.remaining() < Integer.BYTES + bytes.length) {
            flush();
        }
        gathered.putInt(bytes.length);
        if (bytes.length <= gathered.remaining()) {
            gathered.put(bytes);
        } else {
            flush();
            digest.update(bytes);
        }
    }

    private void flush() {
        digest.update(gathered.array(), 0, gathered.position());
        gathered.clear();
    }
}
