package io.omsbatch.examples.benchmarks.measure;

import io.omsbatch.examples.benchmarks.frame.Contender;
import io.omsbatch.examples.benchmarks.frame.Goal;
import io.omsbatch.examples.benchmarks.frame.Measure;
import io.omsbatch.examples.benchmarks.frame.Protocol;
import io.omsbatch.examples.benchmarks.frame.Question;
import io.omsbatch.examples.benchmarks.frame.Role;
import io.omsbatch.examples.benchmarks.frame.Subject;
import io.omsbatch.examples.benchmarks.frame.Workload;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A workload of three contenders that exists only in tests, and a result of it. */
public final class TrialWorkloads {

    private TrialWorkloads() {}

    /** Returns the workload, all of whose contenders are the same subject. */
    public static Workload of(Subject subject) {
        return new Workload(
                new Question("W0", "by test", "a <trial> & more", "Nothing."),
                new Protocol(10, 2, 3, "64m", true),
                Measure.itemsPerSecond(),
                Goal.ratio("as fast", 1),
                List.of(
                        new Contender("ours", Role.OURS, "ours 1", () -> subject),
                        new Contender("floor", Role.FLOOR, "floor 1", () -> subject),
                        new Contender("peer", Role.PEER, "peer 1", () -> subject)));
    }

    /** Returns a result in which ours reaches 50, the floor 100 and the peer 10. */
    public static Result result() {
        Workload workload = of(items -> {
            throw new IllegalStateException("not measured");
        });
        Map<Contender, List<Sample>> samples = new LinkedHashMap<>();
        samples.put(workload.contender("ours"), List.of(sample(40), sample(60), sample(50)));
        samples.put(workload.contender("floor"), List.of(new Sample(100, Map.of())));
        samples.put(workload.contender("peer"), List.of(new Sample(10, Map.of())));
        return new Result(workload, 2, samples, List.of(150.0, 160.4));
    }

    private static Sample sample(double value) {
        return new Sample(value, Map.of("lag us", value / 10));
    }
}
