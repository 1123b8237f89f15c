package io.omsbatch.examples.benchmarks.measure;

import io.omsbatch.examples.benchmarks.frame.Contender;
import io.omsbatch.examples.benchmarks.frame.Workload;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Measures all contenders of a workload round by round, so that what disturbs the machine for a while disturbs them all. */
public final class InterleavedRun {

    private final Class<?> program;
    private final int rounds;
    private final Consumer<String> log;

    /**
     * Creates a run.
     *
     * @param program measures one contender once, and gives what {@link MeasuringProgram} gives
     * @param rounds how many JVMs each contender gets
     * @param log is told what is being measured
     */
    public InterleavedRun(Class<?> program, int rounds, Consumer<String> log) {
        this.program = program;
        this.rounds = rounds;
        this.log = log;
    }

    /**
     * Measures a workload.
     *
     * @param workload the work
     * @return what it gave
     * @throws IOException if a JVM cannot be started or the disk fails
     * @throws InterruptedException if the thread was interrupted
     */
    public Result measure(Workload workload) throws IOException, InterruptedException {
        Map<Contender, List<Sample>> samples = new LinkedHashMap<>();
        List<Double> fsync = new ArrayList<>();
        for (int round = 1; round <= rounds; round++) {
            probe(workload, fsync);
            for (Contender contender : workload.contenders()) {
                log.accept(workload.question().key() + ", round " + round + " of " + rounds + ": " + contender.name());
                samples.computeIfAbsent(contender, any -> new ArrayList<>())
                        .addAll(Fork.measure(program, workload, contender));
            }
        }
        probe(workload, fsync);
        return new Result(workload, rounds, samples, fsync);
    }

    private static void probe(Workload workload, List<Double> fsync) throws IOException {
        if (workload.protocol().durable()) {
            fsync.add(FsyncProbe.microseconds());
        }
    }
}
