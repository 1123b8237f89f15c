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
import java.util.EnumSet;
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
                question(
                        "W2",
                        kind.label(),
                        kind,
                        "durable dispatch",
                        "10 000 no-op calls, 64 at once, each with a durable intent before and a durable outcome after it. The reference"
                                + " writes both per 100 and does nothing else."),
                Protocol.onDisk(ITEMS, 6, 5),
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
                question(
                        "W2b",
                        kind.label(),
                        kind,
                        "durable dispatch of calls that take their time",
                        "5 000 calls of 20 ms, 256 at once. The lag is the time from the return of a call until its outcome is known to be durable."),
                Protocol.onDisk(SLOW_ITEMS, 10, 5),
                Measure.wallToIdeal(SLOW.call(), SLOW.atOnce()),
                Goal.value("at most 1.15 with intents, and durable 3 ms after the call at the 99th percentile", 1.15),
                List.of(
                        ours(kind, SLOW, Feature.NONE),
                        groupCommit(kind, SLOW),
                        springBatch(kind, SLOW, 20),
                        dbScheduler(kind, SLOW),
                        dbos(SLOW)));
    }

    private static Workload scale(Database.Kind kind, int items) {
        return new Workload(
                question(
                        "W6",
                        kind.label() + ", "
                                + String.format(Locale.ROOT, "%,d", items).replace(',', ' ') + " tasks",
                        kind,
                        "durable dispatch by size",
                        "W2 at this size. Linear if a task costs the same at all sizes."),
                Protocol.onDisk(items, items < ITEMS ? 10 : 2, 3),
                Measure.nanosPerItem(),
                goal(kind),
                List.of(ours(kind, NO_OP, Feature.NONE), intents(kind)));
    }

    private static Workload features(Database.Kind kind) {
        List<Contender> contenders = new ArrayList<>();
        contenders.add(new Contender(
                "oms-batch without",
                Role.FLOOR,
                DurableEngineSubject.configuration(NO_OP, Feature.NONE),
                Place.on(kind, database -> new DurableEngineSubject(database, NO_OP, Feature.NONE))));
        for (Feature feature : EnumSet.complementOf(EnumSet.of(Feature.NONE))) {
            contenders.add(ours(kind, NO_OP, feature));
        }
        return new Workload(
                question(
                        "W7",
                        kind.label(),
                        kind,
                        "cost of features in a durable dispatch",
                        "W2 by this library with one feature more each. The reference is W2 by this library without. The hash chain is part of"
                                + " every run and cannot be left out."),
                Protocol.onDisk(ITEMS, 6, 5),
                Measure.itemsPerSecond(),
                Goal.ratio("each at most 10 %", 0.9),
                contenders);
    }

    private static Question question(String id, String variant, Database.Kind kind, String title, String text) {
        return new Question(id, variant, title, text + " On " + kind.title() + ".");
    }

    private static Contender ours(Database.Kind kind, Load load, Feature feature) {
        return new Contender(
                feature.contender,
                Role.OURS,
                DurableEngineSubject.configuration(load, feature),
                Place.on(kind, database -> new DurableEngineSubject(database, load, feature)));
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
