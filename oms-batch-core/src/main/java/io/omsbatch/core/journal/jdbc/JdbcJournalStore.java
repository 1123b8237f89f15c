package io.omsbatch.core.journal.jdbc;

import io.omsbatch.api.InvalidInputException;
import io.omsbatch.api.Limits;
import io.omsbatch.api.gateway.FencingToken;
import io.omsbatch.api.journal.Appended;
import io.omsbatch.api.journal.AuditCheck;
import io.omsbatch.api.journal.ClaimHolder;
import io.omsbatch.api.journal.JournalEntry;
import io.omsbatch.api.journal.JournalException;
import io.omsbatch.api.journal.JournalRecord;
import io.omsbatch.api.journal.JournalStore;
import io.omsbatch.api.journal.Lease;
import io.omsbatch.api.journal.RunCommand;
import io.omsbatch.api.journal.RunCursor;
import io.omsbatch.api.journal.RunFilter;
import io.omsbatch.api.journal.RunOpening;
import io.omsbatch.api.journal.RunPage;
import io.omsbatch.api.journal.RunRecord;
import io.omsbatch.api.journal.RunSummary;
import io.omsbatch.api.journal.TakenRun;
import io.omsbatch.api.operation.Approval;
import io.omsbatch.api.plan.BatchPlan;
import io.omsbatch.api.task.TaskRef;
import io.omsbatch.core.internal.audit.HashChain;
import io.omsbatch.core.internal.sql.Sql;
import io.omsbatch.core.internal.sql.Transactions;
import io.omsbatch.core.internal.sql.entry.ChainAudit;
import io.omsbatch.core.internal.sql.entry.CommandTable;
import io.omsbatch.core.internal.sql.entry.EntryTable;
import io.omsbatch.core.internal.sql.entry.GroupCommit;
import io.omsbatch.core.internal.sql.entry.Parking;
import io.omsbatch.core.internal.sql.entry.PendingAppend;
import io.omsbatch.core.internal.sql.run.ApprovalTable;
import io.omsbatch.core.internal.sql.run.ClaimTable;
import io.omsbatch.core.internal.sql.run.LeaseTable;
import io.omsbatch.core.internal.sql.run.Retention;
import io.omsbatch.core.internal.sql.run.RunListing;
import io.omsbatch.core.internal.sql.run.RunTable;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * A journal in a relational database, shared by any number of replicas: H2 (embedded), PostgreSQL, MariaDB or MySQL. What it
 * acknowledged survives the death of the process; it does not open over a database that would lose it, see
 * {@link DurabilityRisk}. Whether it also survives the loss of power is the database's: PostgreSQL, MariaDB and MySQL force
 * each commit to the disk, H2 does not.
 *
 * <p>Any {@link DataSource} will do; a pool saves a connection per call, and two connections are enough, because appends that
 * come together share one commit. No connection is held between calls. Every wait ends: for a statement after the statement
 * timeout, for other appends after the append timeout, for a connection after what the data source allows. The calls block and
 * are made on the caller's thread; an interrupt is kept for later. Times are kept to the microsecond. Thread-safe.
 *
 * @since 0.1.0
 */
public final class JdbcJournalStore implements JournalStore {

    private final JournalDatabase database;
    private final Set<DurabilityRisk> risks;
    private final ApprovalTable approvals;
    private final RunTable runs;
    private final LeaseTable leases;
    private final ClaimTable claims;
    private final EntryTable entries;
    private final CommandTable commands;
    private final RunListing listing;
    private final ChainAudit audit;
    private final Retention retention;
    private final Parking parking;
    private final GroupCommit commits;
    private final AtomicLong ids;
    private volatile boolean closed;

    private JdbcJournalStore(DataSource source, JdbcJournalSettings settings, OpenedDatabase opened) {
        Transactions transactions = new Transactions(
                source,
                opened.database().dialect(),
                opened.mariaDb(),
                settings.tablePrefix(),
                settings.statementTimeout());
        this.database = opened.database();
        this.risks = Set.copyOf(opened.risks());
        this.ids = new AtomicLong(opened.firstId());
        byte[] key = settings.auditKey() == null ? null : settings.auditKey().secret();
        Supplier<HashChain> chains = () -> new HashChain(key);
        this.approvals = new ApprovalTable(transactions);
        this.runs = new RunTable(transactions, ids::incrementAndGet, chains);
        this.leases = new LeaseTable(transactions);
        this.claims = new ClaimTable(transactions);
        this.entries = new EntryTable(transactions, chains);
        this.audit = new ChainAudit(transactions, chains, key == null ? null : () -> new HashChain(null));
        this.commands = new CommandTable(transactions, ids::incrementAndGet);
        this.listing = new RunListing(transactions, opened.database().dialect());
        this.parking = new Parking(transactions, ids::incrementAndGet, chains);
        this.retention = new Retention(transactions);
        this.commits = new GroupCommit(entries, settings.appendTimeout());
    }

    /**
     * Opens the journal.
     *
     * @param source where it lies; stays the caller's to close, after the journal
     * @param settings how it is used
     * @return the journal
     * @throws JournalRefusedException if the journal could not keep its promises there; the message names the setting and the
     *     remedy
     */
    public static JdbcJournalStore open(DataSource source, JdbcJournalSettings settings) {
        Objects.requireNonNull(source, "JdbcJournalStore.source");
        Objects.requireNonNull(settings, "JdbcJournalStore.settings");
        return new JdbcJournalStore(source, settings, OpenedDatabase.of(source, settings));
    }

    /** Returns the database it lies in. */
    public JournalDatabase database() {
        return database;
    }

    /** Returns the risks that are there and were accepted by name; empty for a durable journal. */
    public Set<DurabilityRisk> risks() {
        return risks;
    }

    /** Returns whether what was acknowledged survives the death of the process; not if a risk was accepted. */
    @Override
    public boolean durable() {
        return risks.isEmpty();
    }

    @Override
    public void savePlan(BatchPlan plan, Instant now) {
        ensureOpen("-");
        runs.savePlan(
                Objects.requireNonNull(plan, "JournalStore.savePlan.plan"),
                Objects.requireNonNull(now, "JournalStore.savePlan.now"));
    }

    @Override
    public Optional<BatchPlan> plan(String fingerprint) {
        ensureOpen("-");
        return runs.plan(Limits.id("JournalStore.plan.fingerprint", fingerprint));
    }

    @Override
    public void saveApproval(Approval approval) {
        ensureOpen("-");
        approvals.save(Objects.requireNonNull(approval, "JournalStore.saveApproval.approval"));
    }

    @Override
    public List<Approval> approvals(String fingerprint) {
        ensureOpen("-");
        return approvals.of(Limits.id("JournalStore.approvals.fingerprint", fingerprint));
    }

    @Override
    public RunOpening open(RunRecord run, Lease lease) {
        ensureOpen(Objects.requireNonNull(run, "JournalStore.open.run").runId());
        return runs.open(run, Objects.requireNonNull(lease, "JournalStore.open.lease"));
    }

    @Override
    public Set<String> renew(Lease lease, Map<String, FencingToken> renewed) {
        ensureOpen("-");
        Objects.requireNonNull(lease, "JournalStore.renew.lease");
        Objects.requireNonNull(renewed, "JournalStore.renew.runs")
                .keySet()
                .forEach(runId -> Limits.id("JournalStore.renew.runs", runId));
        return leases.renew(lease, Map.copyOf(renewed));
    }

    @Override
    public void release(String runId, FencingToken token) {
        ensureOpen(runId);
        leases.release(
                Limits.id("JournalStore.release.runId", runId),
                Objects.requireNonNull(token, "JournalStore.release.token"));
    }

    @Override
    public List<String> abandoned(Set<String> platforms, int most) {
        ensureOpen("-");
        Limits.range("JournalStore.abandoned.most", most, 1, Integer.MAX_VALUE);
        return leases.abandoned(Objects.requireNonNull(platforms, "JournalStore.abandoned.platforms"), most);
    }

    @Override
    public Optional<TakenRun> takeOver(String runId, Lease lease) {
        ensureOpen(runId);
        return leases.takeOver(
                Limits.id("JournalStore.takeOver.runId", runId),
                Objects.requireNonNull(lease, "JournalStore.takeOver.lease"));
    }

    @Override
    public boolean park(String runId, JournalRecord parked) {
        ensureOpen(runId);
        return parking.park(
                Limits.id("JournalStore.park.runId", runId),
                Objects.requireNonNull(parked, "JournalStore.park.parked"));
    }

    @Override
    public Optional<RunRecord> run(String runId) {
        ensureOpen(runId);
        return runs.run(Limits.id("JournalStore.run.runId", runId));
    }

    @Override
    public Optional<RunRecord> runOfRequest(String requestId) {
        ensureOpen("-");
        return runs.runOfRequest(Limits.id("JournalStore.runOfRequest.requestId", requestId));
    }

    @Override
    public Map<TaskRef, ClaimHolder> claim(
            String runId, FencingToken token, Set<TaskRef> tasks, boolean overUnsettled, Instant now) {
        ensureOpen(runId);
        Limits.id("JournalStore.claim.runId", runId);
        return claims.claim(
                runId,
                Objects.requireNonNull(token, "JournalStore.claim.token"),
                Objects.requireNonNull(tasks, "JournalStore.claim.tasks"),
                overUnsettled,
                Sql.kept("JournalStore.claim.now", Objects.requireNonNull(now, "JournalStore.claim.now")));
    }

    @Override
    public Appended append(String runId, FencingToken token, List<JournalRecord> records) {
        ensureOpen(runId);
        Limits.id("JournalStore.append.runId", runId);
        Objects.requireNonNull(token, "JournalStore.append.token");
        if (Objects.requireNonNull(records, "JournalStore.append.records").isEmpty()) {
            throw new InvalidInputException("JournalStore.append.records", "is empty; append at least one fact");
        }
        return commits.submit(PendingAppend.of(runId, token, records, ids.incrementAndGet()));
    }

    @Override
    public void send(RunCommand command) {
        ensureOpen(Objects.requireNonNull(command, "JournalStore.send.command").runId());
        commands.send(command);
    }

    @Override
    public List<RunCommand> commands(Set<String> wanted, int most) {
        ensureOpen("-");
        Objects.requireNonNull(wanted, "JournalStore.commands.runs")
                .forEach(runId -> Limits.id("JournalStore.commands.runs", runId));
        Limits.range("JournalStore.commands.most", most, 1, Integer.MAX_VALUE);
        return commands.commands(wanted, most);
    }

    @Override
    public Optional<JournalRecord> answer(String runId, String commandId) {
        ensureOpen(runId);
        Limits.id("JournalStore.answer.runId", runId);
        return entries.answer(runId, Limits.id("JournalStore.answer.commandId", commandId));
    }

    @Override
    public RunPage runs(RunFilter filter, @Nullable String from, int most) {
        ensureOpen("-");
        Limits.range("JournalStore.runs.most", most, 1, 1_000);
        return listing.page(
                Objects.requireNonNull(filter, "JournalStore.runs.filter"),
                from == null ? null : RunCursor.parse(from),
                most);
    }

    @Override
    public Optional<RunSummary> summary(String runId) {
        ensureOpen(runId);
        return listing.summary(Limits.id("JournalStore.summary.runId", runId));
    }

    @Override
    public AuditCheck audit(String runId) {
        ensureOpen(runId);
        return audit.check(Limits.id("JournalStore.audit.runId", runId));
    }

    @Override
    public List<JournalEntry> read(String runId, long after, int most) {
        ensureOpen(runId);
        Limits.id("JournalStore.read.runId", runId);
        Limits.range("JournalStore.read.most", most, 1, Integer.MAX_VALUE);
        return entries.read(runId, after, most);
    }

    /**
     * Removes runs that ended long ago, oldest first, in transactions of at most 1 000 rows. Of each run a stub is left that
     * says what was confirmed by whom, when it began and ended, and when it was purged; its request id may be used again.
     * Tasks that it left UNKNOWN stay unsettled. A purge that breaks off is finished by the next one.
     *
     * @param endedAgo how long ago by the store's clock, 1 s to 36 500 days
     * @param most how many runs at most, at least 1
     * @return how many were removed
     * @throws JournalException if the store does not answer
     */
    public int purge(Duration endedAgo, int most) {
        ensureOpen("-");
        Limits.range("JdbcJournalStore.purge.endedAgo", endedAgo, Duration.ofSeconds(1), Duration.ofDays(36_500));
        Limits.range("JdbcJournalStore.purge.most", most, 1, Integer.MAX_VALUE);
        return retention.purge(endedAgo, most);
    }

    @Override
    public void close() {
        closed = true;
    }

    private void ensureOpen(String runId) {
        if (closed) {
            throw new JournalException(JournalException.Kind.CLOSED, runId, "the journal is closed", null);
        }
    }
}
