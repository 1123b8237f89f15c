package io.omsbatch.testkit.arbitraries;

import io.omsbatch.api.Limits;
import io.omsbatch.api.journal.Appended;
import io.omsbatch.api.journal.AuditCheck;
import io.omsbatch.api.journal.ClaimHolder;
import io.omsbatch.api.journal.JournalEntry;
import io.omsbatch.api.journal.JournalRecord;
import io.omsbatch.api.journal.Lease;
import io.omsbatch.api.journal.RunCommand;
import io.omsbatch.api.journal.RunCursor;
import io.omsbatch.api.journal.RunFilter;
import io.omsbatch.api.journal.RunOpening;
import io.omsbatch.api.journal.RunPage;
import io.omsbatch.api.journal.RunRecord;
import io.omsbatch.api.journal.RunSummary;
import io.omsbatch.api.journal.Subject;
import io.omsbatch.api.journal.TakenRun;
import io.omsbatch.api.operation.OperationKind;
import java.time.Duration;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;

/**
 * Random facts, runs, and what stores answer.
 *
 * @since 0.1.0
 */
public final class JournalArbitraries {

    private JournalArbitraries() {}

    /** Returns leases from a millisecond to a day. */
    public static Arbitrary<Lease> leases() {
        return Combinators.combine(
                        TextArbitraries.ids(), TimeArbitraries.durations(Duration.ofMillis(1), Duration.ofDays(1)))
                .as(Lease::new);
    }

    /** Returns what facts are about. */
    public static Arbitrary<Subject> subjects() {
        return Combinators.combine(
                        TaskArbitraries.refs(), TextArbitraries.ids(), Arbitraries.of(0, 1, 2, Integer.MAX_VALUE))
                .as(Subject::new)
                .withoutEdgeCases();
    }

    /** Returns facts of every kind, about tasks and about runs, with any details. */
    public static Arbitrary<JournalRecord> records() {
        return Combinators.combine(
                        TimeArbitraries.times(),
                        Arbitraries.of(JournalRecord.Kind.class),
                        subjects().injectNull(0.3),
                        TextArbitraries.ids(),
                        TextArbitraries.details())
                .as(JournalRecord::new)
                .withoutEdgeCases();
    }

    /** Returns facts as they are read. */
    public static Arbitrary<JournalEntry> entries() {
        return Combinators.combine(numbers(1), GatewayArbitraries.tokens(), records(), TextArbitraries.hashes())
                .as(JournalEntry::new)
                .withoutEdgeCases();
    }

    /** Returns where facts stand. */
    public static Arbitrary<Appended> appended() {
        return Combinators.combine(numbers(1), TextArbitraries.hashes()).as(Appended::new);
    }

    /** Returns audits with every verdict. */
    public static Arbitrary<AuditCheck> audits() {
        return Combinators.combine(
                        Arbitraries.of(AuditCheck.Verdict.class),
                        numbers(0),
                        TextArbitraries.hashes(),
                        TextArbitraries.names())
                .as(AuditCheck::new)
                .withoutEdgeCases();
    }

    /** Returns who holds a task. */
    public static Arbitrary<ClaimHolder> holders() {
        return Combinators.combine(TextArbitraries.ids(), TimeArbitraries.times(), Arbitraries.of(false, true))
                .as(ClaimHolder::new);
    }

    /** Returns what operators ask of runs elsewhere. */
    public static Arbitrary<RunCommand> commands() {
        return Combinators.combine(
                        TextArbitraries.ids(),
                        TextArbitraries.ids(),
                        TimeArbitraries.times(),
                        TextArbitraries.ids(),
                        TextArbitraries.details())
                .as(RunCommand::new)
                .withoutEdgeCases();
    }

    /** Returns runs with their plans and confirmations. */
    public static Arbitrary<RunRecord> runs() {
        return PlanArbitraries.plans()
                .flatMap(plan -> Combinators.combine(
                                TextArbitraries.ids(),
                                OperationArbitraries.actors(),
                                TextArbitraries.reasons(),
                                OperationArbitraries.approvals().injectNull(0.6))
                        .as((runId, actor, reason, approval) ->
                                new RunRecord(runId, plan, plan.confirm(actor, reason), plan.plannedAt(), approval)))
                .withoutEdgeCases();
    }

    /** Returns what opening a run may come to. */
    public static Arbitrary<RunOpening> openings() {
        return Arbitraries.oneOf(
                GatewayArbitraries.tokens().map(RunOpening.Opened::new), runs().map(RunOpening.AlreadyThere::new));
    }

    /** Returns runs that were taken over. */
    public static Arbitrary<TakenRun> takenRuns() {
        return Combinators.combine(runs(), GatewayArbitraries.tokens())
                .as(TakenRun::new)
                .withoutEdgeCases();
    }

    /** Returns how runs stand. */
    public static Arbitrary<RunSummary.Standing> standings() {
        return Combinators.combine(
                        Arbitraries.of(RunSummary.State.class),
                        TimeArbitraries.times(),
                        TextArbitraries.names(),
                        TextArbitraries.ids(),
                        TimeArbitraries.times())
                .as(RunSummary.Standing::new)
                .withoutEdgeCases();
    }

    /** Returns runs as lists show them. */
    public static Arbitrary<RunSummary> summaries() {
        return Combinators.combine(
                        TextArbitraries.ids(),
                        Arbitraries.of(OperationKind.class),
                        OperationArbitraries.actors(),
                        TimeArbitraries.times(),
                        Arbitraries.of(0, 1, 17, Limits.TASKS),
                        TextArbitraries.ids().injectNull(0.6),
                        standings())
                .as(RunSummary::new)
                .withoutEdgeCases();
    }

    /** Returns filters with any of their parts, also with none. */
    public static Arbitrary<RunFilter> filters() {
        return Combinators.combine(
                        Arbitraries.of(RunSummary.State.class).set().ofMaxSize(2),
                        Arbitraries.of(OperationKind.class).set().ofMaxSize(2),
                        OperationArbitraries.actors().injectNull(0.6),
                        TimeArbitraries.times().injectNull(0.6),
                        TimeArbitraries.times().injectNull(0.6),
                        TextArbitraries.ids().injectNull(0.6))
                .as(RunFilter::new)
                .withoutEdgeCases();
    }

    /** Returns places in a list of runs. */
    public static Arbitrary<RunCursor> cursors() {
        return Combinators.combine(TimeArbitraries.times(), TextArbitraries.ids())
                .as(RunCursor::new);
    }

    /** Returns pages of a list of runs, of which the last has no cursor. */
    public static Arbitrary<RunPage> pages() {
        return Combinators.combine(
                        summaries().list().ofMaxSize(4),
                        cursors().map(RunCursor::text).injectNull(0.4))
                .as(RunPage::new)
                .withoutEdgeCases();
    }

    private static Arbitrary<Long> numbers(long least) {
        return Arbitraries.frequencyOf(
                Tuple.of(4, Arbitraries.longs().between(least, 1_000)),
                Tuple.of(1, Arbitraries.of(least, Long.MAX_VALUE)));
    }
}
