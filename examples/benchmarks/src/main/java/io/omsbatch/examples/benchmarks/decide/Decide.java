package io.omsbatch.examples.benchmarks.decide;

import io.omsbatch.api.eligibility.EligibilityPolicy;
import io.omsbatch.api.eligibility.Verdict;
import io.omsbatch.api.operation.BatchOperation;
import io.omsbatch.api.task.MigrationTask;
import io.omsbatch.examples.benchmarks.frame.Contender;
import io.omsbatch.examples.benchmarks.frame.Goal;
import io.omsbatch.examples.benchmarks.frame.Measure;
import io.omsbatch.examples.benchmarks.frame.Protocol;
import io.omsbatch.examples.benchmarks.frame.Question;
import io.omsbatch.examples.benchmarks.frame.Role;
import io.omsbatch.examples.benchmarks.frame.Workload;
import io.omsbatch.examples.benchmarks.measure.Versions;
import java.util.List;

/** W4: which operation fits which task. */
public final class Decide {

    private static final Protocol PROTOCOL = Protocol.inMemory(1_000_000, 10, 5);

    private static final EligibilityPolicy POLICY = EligibilityPolicy.documented();

    private Decide() {}

    /** Returns the workloads. */
    public static List<Workload> workloads() {
        return List.of(verdicts(), sentences());
    }

    private static Workload verdicts() {
        return new Workload(
                new Question(
                        "W4",
                        "",
                        "verdicts",
                        "One million random pairs of a task and an operation, of 1 000 tasks and the eight operations whose rules"
                                + " do not look into a switchover; every verdict is kept, with all that its reason needs."),
                PROTOCOL,
                Measure.nanosPerItem(),
                Goal.value("at most 25 ns a verdict", 25),
                contenders(
                        "the sentence of a refusal is written when it is asked for",
                        () -> new DecideSubject<>(POLICY::judge, Verdict::eligible),
                        () -> new DecideSubject<>(HandWritten::decide, HandWritten.Decision::eligible),
                        () -> new DecideSubject<>(new RuleEngine()::decide, HandWritten.Decision::eligible)));
    }

    private static Workload sentences() {
        RuleEngine rules = new RuleEngine();
        return new Workload(
                new Question(
                        "W4",
                        "with sentences",
                        "verdicts, each refusal explained",
                        "The same, and the sentence of every refusal is written at once."),
                PROTOCOL.with(PROTOCOL.items(), 3, 3),
                Measure.nanosPerItem(),
                Goal.ratio("half as fast as by hand", 0.5),
                contenders(
                        "the sentence of a refusal is written at once",
                        () -> new DecideSubject<>(Decide::explained, Verdict::eligible),
                        () -> new DecideSubject<>(
                                (task, operation) -> HandWritten.Explained.of(HandWritten.decide(task, operation)),
                                HandWritten.Explained::eligible),
                        () -> new DecideSubject<>(
                                (task, operation) -> HandWritten.Explained.of(rules.decide(task, operation)),
                                HandWritten.Explained::eligible)));
    }

    private static Verdict explained(MigrationTask task, BatchOperation operation) {
        Verdict verdict = POLICY.judge(task, operation);
        verdict.reasons();
        return verdict;
    }

    private static List<Contender> contenders(
            String how, Contender.Opening ours, Contender.Opening byHand, Contender.Opening rules) {
        return List.of(
                new Contender("oms-batch", Role.OURS, "EligibilityPolicy.documented(); " + how, ours),
                new Contender(
                        "EnumSet by hand",
                        Role.FLOOR,
                        "an EnumSet of statuses for each operation, two conditions, a decision object; " + how,
                        byHand),
                new Contender(
                        "Easy Rules",
                        Role.PEER,
                        Versions.of("easy-rules-core") + ": a rule for each operation, the first that applies decides; "
                                + how,
                        rules));
    }
}
