package io.omsbatch.core.recovery;

import io.omsbatch.api.gateway.FencingToken;
import io.omsbatch.api.gateway.GatewayCapabilities;
import io.omsbatch.api.gateway.GatewayException;
import io.omsbatch.api.gateway.GatewayReply;
import io.omsbatch.api.gateway.StepCommand;
import io.omsbatch.api.gateway.SwitchoverGateway;
import io.omsbatch.api.gateway.TaskCommand;
import io.omsbatch.api.gateway.TaskPage;
import io.omsbatch.api.journal.Appended;
import io.omsbatch.api.journal.AuditCheck;
import io.omsbatch.api.journal.ClaimHolder;
import io.omsbatch.api.journal.JournalEntry;
import io.omsbatch.api.journal.JournalException;
import io.omsbatch.api.journal.JournalRecord;
import io.omsbatch.api.journal.JournalStore;
import io.omsbatch.api.journal.Lease;
import io.omsbatch.api.journal.RunCommand;
import io.omsbatch.api.journal.RunFilter;
import io.omsbatch.api.journal.RunOpening;
import io.omsbatch.api.journal.RunPage;
import io.omsbatch.api.journal.RunRecord;
import io.omsbatch.api.journal.RunSummary;
import io.omsbatch.api.journal.TakenRun;
import io.omsbatch.api.operation.Approval;
import io.omsbatch.api.plan.BatchPlan;
import io.omsbatch.api.switchover.SwitchoverSnapshot;
import io.omsbatch.api.task.MigrationTask;
import io.omsbatch.api.task.TaskRef;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A process that dies at one of the places where it touches the world: just before or just after a write to its journal or a call
 * of its gateway. From then on nothing it does reaches either, which is all that the world sees of a death.
 */
final class Doom {

    private final int at;
    private int passed;
    private boolean dead;
    private volatile boolean cannotRenew;

    Doom(int at) {
        this.at = at;
    }

    static Doom never() {
        return new Doom(Integer.MAX_VALUE);
    }

    synchronized void dieNow() {
        dead = true;
    }

    /** From now on leases cannot be renewed; everything else works. */
    void renewNothing() {
        cannotRenew = true;
    }

    void renewAgain() {
        cannotRenew = false;
    }

    synchronized boolean dead() {
        return dead;
    }

    /** Returns how many places it came by. */
    synchronized int passed() {
        return passed;
    }

    private synchronized boolean livesOn() {
        passed++;
        dead |= passed == at;
        return !dead;
    }

    private <T> T around(Supplier<T> effect, Supplier<? extends RuntimeException> death) {
        if (dead() || !livesOn()) {
            throw death.get();
        }
        T result = effect.get();
        if (!livesOn()) {
            throw death.get();
        }
        return result;
    }

    SwitchoverGateway gateway(SwitchoverGateway world) {
        return new SwitchoverGateway() {
            private GatewayException cut() {
                return GatewayException.ambiguous("the process is dead", null);
            }

            private <T> T look(Supplier<T> reading) {
                if (dead()) {
                    throw cut();
                }
                return reading.get();
            }

            @Override
            public GatewayCapabilities capabilities() {
                return world.capabilities();
            }

            @Override
            public Map<TaskRef, MigrationTask> read(Set<TaskRef> tasks) {
                return look(() -> world.read(tasks));
            }

            @Override
            public TaskPage list(@Nullable String from, int size) {
                return look(() -> world.list(from, size));
            }

            @Override
            public Map<TaskRef, SwitchoverSnapshot> observe(Set<TaskRef> tasks) {
                return look(() -> world.observe(tasks));
            }

            @Override
            public GatewayReply command(TaskCommand command) {
                return around(() -> world.command(command), this::cut);
            }

            @Override
            public GatewayReply command(StepCommand command) {
                return around(() -> world.command(command), this::cut);
            }
        };
    }

    JournalStore journal(JournalStore behind) {
        return new JournalStore() {
            private JournalException cut() {
                return new JournalException(JournalException.Kind.CLOSED, "-", "the process is dead", null);
            }

            private <T> T look(Supplier<T> reading) {
                if (dead()) {
                    throw cut();
                }
                return reading.get();
            }

            @Override
            public boolean durable() {
                return behind.durable();
            }

            @Override
            public void savePlan(BatchPlan plan, Instant now) {
                behind.savePlan(plan, now);
            }

            @Override
            public void saveApproval(Approval approval) {
                behind.saveApproval(approval);
            }

            @Override
            public List<Approval> approvals(String fingerprint) {
                return behind.approvals(fingerprint);
            }

            @Override
            public Optional<BatchPlan> plan(String fingerprint) {
                return look(() -> behind.plan(fingerprint));
            }

            @Override
            public RunOpening open(RunRecord run, Lease lease) {
                return around(() -> behind.open(run, lease), this::cut);
            }

            @Override
            public Set<String> renew(Lease lease, Map<String, FencingToken> runs) {
                if (cannotRenew) {
                    throw cut();
                }
                return look(() -> behind.renew(lease, runs));
            }

            @Override
            public void release(String runId, FencingToken token) {
                if (!dead()) {
                    behind.release(runId, token);
                }
            }

            @Override
            public List<String> abandoned(Set<String> platforms, int most) {
                return look(() -> behind.abandoned(platforms, most));
            }

            @Override
            public Optional<TakenRun> takeOver(String runId, Lease lease) {
                return around(() -> behind.takeOver(runId, lease), this::cut);
            }

            @Override
            public boolean park(String runId, JournalRecord parked) {
                return around(() -> behind.park(runId, parked), this::cut);
            }

            @Override
            public Optional<RunRecord> run(String runId) {
                return look(() -> behind.run(runId));
            }

            @Override
            public Optional<RunRecord> runOfRequest(String requestId) {
                return look(() -> behind.runOfRequest(requestId));
            }

            @Override
            public Map<TaskRef, ClaimHolder> claim(
                    String runId, FencingToken token, Set<TaskRef> tasks, boolean overUnsettled, Instant now) {
                return around(() -> behind.claim(runId, token, tasks, overUnsettled, now), this::cut);
            }

            @Override
            public Appended append(String runId, FencingToken token, List<JournalRecord> records) {
                return around(() -> behind.append(runId, token, records), this::cut);
            }

            @Override
            public void send(RunCommand command) {
                boolean unused = around(
                        () -> {
                            behind.send(command);
                            return true;
                        },
                        this::cut);
            }

            @Override
            public List<RunCommand> commands(Set<String> runs, int most) {
                return look(() -> behind.commands(runs, most));
            }

            @Override
            public Optional<JournalRecord> answer(String runId, String commandId) {
                return look(() -> behind.answer(runId, commandId));
            }

            @Override
            public RunPage runs(RunFilter filter, @Nullable String from, int most) {
                return look(() -> behind.runs(filter, from, most));
            }

            @Override
            public Optional<RunSummary> summary(String runId) {
                return look(() -> behind.summary(runId));
            }

            @Override
            public AuditCheck audit(String runId) {
                return look(() -> behind.audit(runId));
            }

            @Override
            public List<JournalEntry> read(String runId, long after, int most) {
                return look(() -> behind.read(runId, after, most));
            }

            @Override
            public void close() {}
        };
    }
}
