package io.omsbatch.examples.benchmarks.durable.recovery;

import io.omsbatch.examples.benchmarks.durable.store.Database;
import io.omsbatch.examples.benchmarks.frame.Contender;
import io.omsbatch.examples.benchmarks.frame.Goal;
import io.omsbatch.examples.benchmarks.frame.Measure;
import io.omsbatch.examples.benchmarks.frame.Protocol;
import io.omsbatch.examples.benchmarks.frame.Question;
import io.omsbatch.examples.benchmarks.frame.Role;
import io.omsbatch.examples.benchmarks.frame.Workload;
import java.util.Arrays;
import java.util.List;

/** W5. */
public final class RecoveryWorkloads {

    /** What both contenders tell: when the first command could be sent again, and when all rows were read. */
    static final String FIRST = "ready ms";

    private static final int TASKS = 100_000;

    private RecoveryWorkloads() {}

    /** Returns the workloads. */
    public static List<Workload> all() {
        return Arrays.stream(Database.Kind.values()).map(RecoveryWorkloads::on).toList();
    }

    private static Workload on(Database.Kind kind) {
        return new Workload(
                new Question(
                        "W5",
                        kind.label(),
                        "recovery",
                        "A process is killed by SIGKILL when half of its outcomes are durable; its lease is over before the clock starts. Measured"
                                + " is the time from recover() until the first new command; all ms is the time until all outcomes are known. On "
                                + kind.title() + "."),
                Protocol.onDisk(TASKS, 1, 3),
                Measure.noted("ms", FIRST),
                Goal.ratio("at most twice the scan", 0.5),
                List.of(
                        new Contender(
                                "oms-batch",
                                Role.OURS,
                                Replica.CONFIGURATION + "; recover() on an engine that was just built",
                                () -> new DeadRuns(kind, Recovery::new)),
                        new Contender(
                                "scan by hand",
                                Role.FLOOR,
                                "by hand: SELECT all facts of the run in order, 1 000 rows a fetch; the last fact of each task kept in a map",
                                () -> new DeadRuns(kind, Scan::new))));
    }
}
