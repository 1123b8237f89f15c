package io.omsbatch.core.internal.ownership;

import io.omsbatch.api.engine.Environment;
import io.omsbatch.api.gateway.FencingToken;
import io.omsbatch.api.journal.JournalException;
import io.omsbatch.api.journal.JournalStore;
import io.omsbatch.api.journal.Lease;
import io.omsbatch.core.internal.call.SafeThrowable;
import io.omsbatch.core.internal.pace.AfterPause;
import io.omsbatch.core.settings.LeaseSettings;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The leases of all runs of an engine, renewed together (DUR-2, DUR-3). What an engine may do ends a while before its lease does,
 * counted from before the renewal was sent; when a later renewal comes through, and nobody has taken the run over, it goes on.
 */
public final class Leases {

    private static final Logger LOG = LoggerFactory.getLogger(Leases.class);

    private final JournalStore journal;
    private final Environment environment;
    private final LeaseSettings settings;
    private final Lease lease;
    private final Map<String, Tenure> tenures = new HashMap<>();
    private boolean ticking;

    /**
     * Creates the leases of an engine that owns nothing yet.
     *
     * @param journal where leases are kept
     * @param environment time and threads
     * @param settings how long they last
     * @param owner the engine
     */
    public Leases(JournalStore journal, Environment environment, LeaseSettings settings, String owner) {
        this.journal = journal;
        this.environment = environment;
        this.settings = settings;
        this.lease = new Lease(owner, settings.duration());
    }

    /** Returns who owns runs here, and for how long. */
    public Lease lease() {
        return lease;
    }

    /**
     * Begins to renew the lease of a run.
     *
     * @param runId the run
     * @param token the token with which it is owned
     * @param askedAt when the journal was asked for it, by the environment's monotonic clock
     * @return until when the run may be acted on
     */
    public Tenure begin(String runId, FencingToken token, long askedAt) {
        Tenure tenure = new Tenure(runId, token, askedAt + settings.selfFence().toNanos());
        synchronized (tenures) {
            tenures.put(runId, tenure);
            if (!ticking) {
                ticking = true;
                scheduleNext();
            }
        }
        return tenure;
    }

    /**
     * Renews a lease no longer.
     *
     * @param tenure the ownership that is over
     */
    public void end(Tenure tenure) {
        synchronized (tenures) {
            tenures.remove(tenure.runId(), tenure);
        }
    }

    /**
     * Renews one lease now, beside the usual renewals. When this returns, whatever was to be written with its token before is
     * written or not, and no longer under way.
     *
     * @param tenure the ownership
     * @return whether it lasts
     * @throws JournalException if the journal does not answer
     */
    public boolean renew(Tenure tenure) {
        return renew(List.of(tenure)).isEmpty();
    }

    private void scheduleNext() {
        AfterPause.run(environment, settings.renewal(), this::renewAll, "No lease is renewed");
    }

    private void renewAll() {
        List<Tenure> held;
        synchronized (tenures) {
            if (tenures.isEmpty()) {
                ticking = false;
                return;
            }
            held = new ArrayList<>(tenures.values());
        }
        try {
            Set<String> unused = renew(held);
        } catch (JournalException failure) {
            LOG.warn("Leases could not be renewed: {}", SafeThrowable.describe(failure));
        } catch (RuntimeException | Error defect) {
            LOG.error("Leases could not be renewed", SafeThrowable.of(defect));
        } finally {
            scheduleNext();
        }
    }

    private Set<String> renew(List<Tenure> held) {
        Map<String, FencingToken> tokens = new HashMap<>();
        held.forEach(tenure -> tokens.put(tenure.runId(), tenure.token()));
        long fence = environment.nanoTime() + settings.selfFence().toNanos();
        Set<String> lost = journal.renew(lease, tokens);
        for (Tenure tenure : held) {
            if (lost.contains(tenure.runId())) {
                end(tenure);
                tenure.lost();
            } else {
                tenure.renewed(fence);
            }
        }
        return lost;
    }
}
