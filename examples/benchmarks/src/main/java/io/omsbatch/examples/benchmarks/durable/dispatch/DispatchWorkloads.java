package io.omsbatch.examples.benchmarks.durable.dispatch;

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
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** W2 and W2b, with the sizes of W6 and the features of W7 that concern a journal in a database. */
public final class DispatchWorkloads {

    private static final Load NO_OP = Load.noOp(64);
    private static final Load SLOW = new Load(256, Duration.ofMillis(20));

    private static final int ITEMS = 10_000;
    private static final int SLOW_ITEMS = 5_000;

    private DispatchWorkloads() {}

    /** Returns the workloads. */
    public static List<Workload> all() {
        return Stream.of(
                        Arrays.stream(Database.Kind.values()).map(DispatchWorkloads::throughput),
                        Stream.of(latency()),
                        Arrays.stream(Database.Kind.values())
                                .flatMap(kind -> Stream.of(1_000, 100_000).map(items -> scale(kind, items))),
                        Arrays.stream(Database.Kind.values()).map(DispatchWorkloads::features))
                .flatMap(workloads -> workloads)
                .toList();
    }

    private static Workload throughput(Database.Kind kind) {
        List<Contender> contenders = new ArrayList<>();
        contenders.add(ours(kind, NO_OP, Feature.NONE));
        contenders.add(intents(kind));
        contenders.add(groupCommit(kind, NO_OP));
        contenders.add(springBatch(kind, Load.noOp(1), 100));
        contenders.add(springBatch(kind, Load.noOp(16), 100));
        contenders.add(dbScheduler(kind, NO_OP));
        contenders.add(new Contender(
                "JobRunr",
                Role.PEER,
                JobRunrSubject.configuration(NO_OP),
                Place.on(kind, database -> new JobRunrSubject(database, NO_OP))));
        if (kind == Database.Kind.POSTGRESQL) {
            contenders.add(dbos(Load.noOp(16)));
        }
        return new Workload(
                new Question(
                        "W2",
                        kind.title(),
                        "durable dispatch",
                        "No-op calls, 64 at once, each with a durable intent before and a durable outcome after it. The reference writes"
                                + " both per 100 and does nothing else."),
                Protocol.onDisk(ITEMS, 3, 5),
                Measure.itemsPerSecond(),
                goal(kind),
                contenders);
    }

    private static Goal goal(Database.Kind kind) {
        return switch (kind) {
            case POSTGRESQL -> Goal.ratio("70k/s where the reference reached 101k/s", 0.69);
            case H2 -> Goal.ratio("30k/s where the reference reached 34k/s", 0.88);
        };
    }

    private static Workload latency() {
        Database.Kind kind = Database.Kind.POSTGRESQL;
        return new Workload(
                new Question(
                        "W2b",
                        kind.title(),
                        "durable dispatch of calls that take their time",
                        "Calls of 20 ms, 256 at once. The lag is the time from the return of a call until its outcome is known to be durable."),
                Protocol.onDisk(SLOW_ITEMS, 2, 5),
                Measure.wallToIdeal(SLOW.call(), SLOW.atOnce()),
                Goal.value("at most 1.15, with intents", 1.15),
                List.of(
                        ours(kind, SLOW, Feature.NONE),
                        groupCommit(kind, SLOW),
                        springBatch(kind, SLOW, 20),
                        dbScheduler(kind, SLOW),
                        dbos(SLOW)));
    }

    private static Workload scale(Database.Kind kind, int items) {
        return new Workload(
                new Question(
                        "W6",
                        String.format(Locale.ROOT, "durable, %,d tasks, %s", items, kind.title())
                                .replace(',', ' '),
                        "durable dispatch by size",
                        "W2 with fewer and with more tasks."),
                Protocol.onDisk(items, 2, 3),
                Measure.itemsPerSecond(),
                goal(kind),
                List.of(ours(kind, NO_OP, Feature.NONE), intents(kind)));
    }

    private static Workload features(Database.Kind kind) {
        List<Contender> contenders = new ArrayList<>();
        contenders.add(intents(kind));
        for (Feature feature : Feature.values()) {
            contenders.add(ours(kind, NO_OP, feature));
        }
        return new Workload(
                new Question(
                        "W7",
                        "durable, " + kind.title(),
                        "what features cost a durable dispatch",
                        "W2 without and with one more feature each."),
                Protocol.onDisk(ITEMS, 3, 5),
                Measure.itemsPerSecond(),
                goal(kind),
                contenders);
    }

    private static Contender ours(Database.Kind kind, Load load, Feature feature) {
        return new Contender(
                feature.contender,
                Role.OURS,
                EngineSubject.configuration(load, feature),
                Place.on(kind, database -> new EngineSubject(database, load, feature)));
    }

    private static Contender intents(Database.Kind kind) {
        return new Contender(
                "intents and outcomes per 100",
                Role.FLOOR,
                IntentFloor.CONFIGURATION,
                Place.on(kind, IntentFloor::new));
    }

    private static Contender groupCommit(Database.Kind kind, Load load) {
        return new Contender(
                "group commit, outcomes only",
                Role.FLOOR,
                GroupCommitFloor.configuration(load),
                Place.on(kind, database -> new GroupCommitFloor(database, load)));
    }

    private static Contender springBatch(Database.Kind kind, Load load, int chunk) {
        return new Contender(
                "Spring Batch, chunk " + chunk + ", " + load.atOnce() + (load.atOnce() == 1 ? " thread" : " threads"),
                Role.PEER,
                SpringBatchSubject.configuration(load, chunk),
                Place.on(kind, database -> new SpringBatchSubject(database, load, chunk)));
    }

    private static Contender dbScheduler(Database.Kind kind, Load load) {
        return new Contender(
                "db-scheduler",
                Role.PEER,
                DbSchedulerSubject.configuration(kind, load),
                Place.on(kind, database -> new DbSchedulerSubject(database, load)));
    }

    private static Contender dbos(Load load) {
        return new Contender(
                "DBOS Transact",
                Role.PEER,
                DbosItems.configuration(load, 1),
                Place.on(Database.Kind.POSTGRESQL, database -> new DbosItems(database, load, 1)));
    }
}
