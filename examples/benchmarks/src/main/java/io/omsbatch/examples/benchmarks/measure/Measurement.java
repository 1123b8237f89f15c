package io.omsbatch.examples.benchmarks.measure;

import io.omsbatch.examples.benchmarks.frame.Contender;
import io.omsbatch.examples.benchmarks.frame.Iteration;
import io.omsbatch.examples.benchmarks.frame.Protocol;
import io.omsbatch.examples.benchmarks.frame.Subject;
import io.omsbatch.examples.benchmarks.frame.Workload;
import java.util.ArrayList;
import java.util.List;

/** Measures one contender in this JVM: warm-ups, then measured iterations, each verified. */
public final class Measurement {

    private Measurement() {}

    /**
     * Measures.
     *
     * @param workload the work
     * @param contender who does it
     * @return a sample for each measured iteration
     * @throws Exception if the contender fails, or did not do its work
     */
    public static List<Sample> take(Workload workload, Contender contender) throws Exception {
        Protocol protocol = workload.protocol();
        List<Sample> samples = new ArrayList<>();
        try (Subject subject = contender.opening().open()) {
            for (int i = 0; i < protocol.warmups() + protocol.measured(); i++) {
                Sample sample = once(workload, subject);
                if (i >= protocol.warmups()) {
                    samples.add(sample);
                }
            }
        }
        return samples;
    }

    private static Sample once(Workload workload, Subject subject) throws Exception {
        int items = workload.protocol().items();
        try (Iteration iteration = subject.prepare(items)) {
            long begun = System.nanoTime();
            iteration.run();
            long nanos = System.nanoTime() - begun;
            iteration.verify();
            return new Sample(workload.measure().reading().of(items, nanos, iteration.notes()), iteration.notes());
        }
    }
}
