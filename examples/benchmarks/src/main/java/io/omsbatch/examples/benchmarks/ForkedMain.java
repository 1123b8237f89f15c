package io.omsbatch.examples.benchmarks;

import io.omsbatch.examples.benchmarks.measure.MeasuringProgram;

/** The program of a JVM that measures one contender once. */
final class ForkedMain {

    private ForkedMain() {}

    /** Takes what {@link MeasuringProgram} takes. */
    public static void main(String[] arguments) throws Exception {
        MeasuringProgram.run(Workloads::named, arguments);
        // Threads that a peer left behind must not keep this JVM.
        System.exit(0);
    }
}
