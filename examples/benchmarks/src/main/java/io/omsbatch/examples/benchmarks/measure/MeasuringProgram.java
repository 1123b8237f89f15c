package io.omsbatch.examples.benchmarks.measure;

import io.omsbatch.examples.benchmarks.frame.Protocol;
import io.omsbatch.examples.benchmarks.frame.Workload;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Function;

/** The inside of a JVM that measures one contender once, and writes its samples into a file. */
public final class MeasuringProgram {

    private MeasuringProgram() {}

    /**
     * Measures.
     *
     * @param workloads finds a workload by its key
     * @param arguments the key of the workload, the name of the contender, items, warm-ups, measured iterations, and the file
     * @throws Exception if the contender fails, or did not do its work
     */
    public static void run(Function<String, Workload> workloads, String... arguments) throws Exception {
        Workload named = workloads.apply(arguments[0]);
        Protocol protocol = named.protocol()
                .with(Integer.parseInt(arguments[2]), Integer.parseInt(arguments[3]), Integer.parseInt(arguments[4]));
        Workload workload = named.with(protocol);
        Files.write(
                Path.of(arguments[5]),
                Measurement.take(workload, workload.contender(arguments[1])).stream()
                        .map(Sample::line)
                        .toList());
    }
}
