package io.omsbatch.examples.benchmarks.plan;

import io.omsbatch.examples.benchmarks.fleet.Fleet;
import io.omsbatch.examples.benchmarks.fleet.FleetGateway;
import io.omsbatch.examples.benchmarks.frame.Contender;
import io.omsbatch.examples.benchmarks.frame.Goal;
import io.omsbatch.examples.benchmarks.frame.Measure;
import io.omsbatch.examples.benchmarks.frame.Protocol;
import io.omsbatch.examples.benchmarks.frame.Question;
import io.omsbatch.examples.benchmarks.frame.Role;
import io.omsbatch.examples.benchmarks.frame.Subject;
import io.omsbatch.examples.benchmarks.frame.Workload;
import java.util.List;

/** W4b: plans. */
public final class Planning {

    private static final int AT_ONCE = 16;

    private Planning() {}

    /** Returns the workloads. */
    public static List<Workload> workloads() {
        return List.of(
                workload("10 000 tasks", Protocol.inMemory(10_000, 20, 5)),
                workload("100 000 tasks", Protocol.inMemory(100_000, 8, 5)),
                workload("1 000 000 tasks", Protocol.inMemory(1_000_000, 2, 3)));
    }

    private static Workload workload(String variant, Protocol protocol) {
        return new Workload(
                new Question(
                        "W4b",
                        variant,
                        "plan of " + variant,
                        "Tasks are read in pages of 100 from a gateway that answers from memory, judged and put into groups; every"
                                + " other task may not be stopped. Linear if a task costs the same at all three sizes."),
                protocol,
                Measure.nanosPerItem(),
                Goal.ratio("half as fast as by hand", 0.5),
                List.of(
                        new Contender(
                                "oms-batch",
                                Role.OURS,
                                "BatchEngine.plan with up to 16 reads at once; the plan is fingerprinted with SHA-256 over ids and"
                                        + " revisions, and kept for its confirmation",
                                Planning::engine),
                        new Contender(
                                "by hand",
                                Role.FLOOR,
                                "one thread, a map of lists, an EnumSet of statuses",
                                () -> byHand(false)),
                        new Contender(
                                "by hand, fingerprinted",
                                Role.FLOOR,
                                "the same, with SHA-256 over ids and revisions",
                                () -> byHand(true))));
    }

    private static Subject engine() {
        FleetGateway gateway = gateway();
        return new PlanSubject(gateway, new EnginePlans(gateway, AT_ONCE));
    }

    private static Subject byHand(boolean fingerprinted) {
        FleetGateway gateway = gateway();
        return new PlanSubject(gateway, refs -> {
            HandPlan plan = HandPlan.of(gateway, refs, fingerprinted);
            return new PlanSubject.Groups(
                    plan.groups().getOrDefault("eligible", List.of()),
                    plan.groups().getOrDefault("wrong status", List.of()));
        });
    }

    private static FleetGateway gateway() {
        return new FleetGateway(new Fleet(0), number -> {});
    }
}
