package io.omsbatch.examples.benchmarks.durable.cutover;

import io.omsbatch.examples.benchmarks.durable.store.Database;
import io.omsbatch.examples.benchmarks.durable.store.DbosItems;
import io.omsbatch.examples.benchmarks.durable.store.Load;
import io.omsbatch.examples.benchmarks.durable.store.Place;
import io.omsbatch.examples.benchmarks.frame.Contender;
import io.omsbatch.examples.benchmarks.frame.Goal;
import io.omsbatch.examples.benchmarks.frame.Measure;
import io.omsbatch.examples.benchmarks.frame.Protocol;
import io.omsbatch.examples.benchmarks.frame.Question;
import io.omsbatch.examples.benchmarks.frame.Role;
import io.omsbatch.examples.benchmarks.frame.Workload;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** W3. */
public final class CutoverWorkloads {

    private static final int TASKS = 1_000;
    private static final int PER_COMMIT = 100;
    private static final Load CALLERS = Load.noOp(16);

    private CutoverWorkloads() {}

    /** Returns the workloads. */
    public static List<Workload> all() {
        return Arrays.stream(Database.Kind.values()).map(CutoverWorkloads::on).toList();
    }

    private static Workload on(Database.Kind kind) {
        List<Contender> contenders = new ArrayList<>();
        contenders.add(new Contender(
                "oms-batch", Role.OURS, SwitchoverSubject.CONFIGURATION, Place.on(kind, SwitchoverSubject::new)));
        contenders.add(floor(kind, "commit per 100", PER_COMMIT));
        contenders.add(floor(kind, "commit per step", Integer.MAX_VALUE / 2));
        contenders.add(new Contender(
                "Spring Batch, 8 steps, chunk 100",
                Role.PEER,
                SpringBatchSteps.CONFIGURATION,
                Place.on(kind, SpringBatchSteps::new)));
        contenders.add(new Contender(
                "Spring Statemachine + JDBC",
                Role.PEER,
                StatemachineSubject.CONFIGURATION,
                Place.on(kind, StatemachineSubject::new)));
        if (kind == Database.Kind.POSTGRESQL) {
            contenders.add(new Contender(
                    "DBOS Transact",
                    Role.PEER,
                    DbosItems.configuration(CALLERS, ArraySwitchover.STEPS) + "; each item on its own, no barrier",
                    Place.on(kind, database -> new DbosItems(database, CALLERS, ArraySwitchover.STEPS))));
        }
        return new Workload(
                new Question(
                        "W3",
                        kind.label(),
                        "durable switchover",
                        "1 000 tasks through 8 steps in lockstep; the floors and peers keep outcomes only, and have no gates. On "
                                + kind.title() + "."),
                Protocol.onDisk(TASKS, 6, 5),
                Measure.itemsPerSecond(),
                switch (kind) {
                    case POSTGRESQL -> Goal.ratio("12k items/s where the reference reached 20k", 0.6);
                    case H2 -> Goal.ratio("9k items/s where the reference reached 13k", 0.69);
                },
                contenders);
    }

    private static Contender floor(Database.Kind kind, String name, int perCommit) {
        return new Contender(
                name,
                Role.FLOOR,
                "by hand: one thread, step after step; calls, their outcomes in a batch insert, commit; no intents, no gates",
                Place.on(kind, database -> new StepFloor(database, perCommit)));
    }
}
