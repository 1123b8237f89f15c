package io.omsbatch.testkit.history;

import java.util.List;

/**
 * Everything that was recorded together. Immutable.
 *
 * @param calls the calls of the gateway, by when they began
 * @param facts what the journal acknowledged, in order
 * @param claims the claims that the journal answered, in order
 * @param leases what the journal answered about who owns a run, in order
 * @param remarks what else happened
 * @since 0.1.0
 */
public record Recording(
        List<GatewayCall> calls,
        List<RecordedEntry> facts,
        List<RecordedClaim> claims,
        List<RecordedLease> leases,
        List<Remark> remarks) {

    /** Copies the lists. */
    public Recording {
        calls = List.copyOf(calls);
        facts = List.copyOf(facts);
        claims = List.copyOf(claims);
        leases = List.copyOf(leases);
        remarks = List.copyOf(remarks);
    }

    /**
     * Adds everything to a text.
     *
     * @param text where to
     */
    public void printOn(HistoryText text) {
        text.calls(calls).entries(facts).claims(claims).leases(leases);
        remarks.forEach(remark -> text.add(remark.moment(), remark.text()));
    }
}
