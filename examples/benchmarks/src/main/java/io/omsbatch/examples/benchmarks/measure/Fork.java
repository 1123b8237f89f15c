package io.omsbatch.examples.benchmarks.measure;

import io.omsbatch.examples.benchmarks.frame.Contender;
import io.omsbatch.examples.benchmarks.frame.Protocol;
import io.omsbatch.examples.benchmarks.frame.Workload;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Measures one contender once, in a JVM of its own that sees nothing of what went before. */
final class Fork {

    private static final long MOST_MINUTES = 15;

    private Fork() {}

    /** Returns what a JVM is told besides the class path. */
    static List<String> flags(Protocol protocol) {
        return List.of("-Xms" + protocol.heap(), "-Xmx" + protocol.heap(), "-XX:+UseG1GC");
    }

    static List<Sample> measure(Class<?> program, Workload workload, Contender contender)
            throws IOException, InterruptedException {
        Path results = Files.createTempFile("oms-batch-benchmark-", ".txt");
        try {
            Process process = start(program, workload, contender, results);
            Thread stop = new Thread(process::destroyForcibly);
            Runtime.getRuntime().addShutdownHook(stop);
            boolean ended = process.waitFor(MOST_MINUTES, TimeUnit.MINUTES);
            Runtime.getRuntime().removeShutdownHook(stop);
            if (!ended) {
                process.destroyForcibly();
            }
            if (!ended || process.exitValue() != 0) {
                throw new IllegalStateException(
                        contender.name() + " in " + workload.question().key()
                                + (ended ? " failed; see above" : " did not end within " + MOST_MINUTES + " minutes"));
            }
            return Files.readAllLines(results).stream().map(Sample::parse).toList();
        } finally {
            Files.deleteIfExists(results);
        }
    }

    private static Process start(Class<?> program, Workload workload, Contender contender, Path results)
            throws IOException {
        Protocol protocol = workload.protocol();
        ProcessBuilder builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString());
        builder.command().addAll(flags(protocol));
        builder.command()
                .addAll(List.of(
                        "-cp",
                        System.getProperty("java.class.path"),
                        program.getName(),
                        workload.question().key(),
                        contender.name(),
                        Integer.toString(protocol.items()),
                        Integer.toString(protocol.warmups()),
                        Integer.toString(protocol.measured()),
                        results.toString()));
        return builder.redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.INHERIT)
                .start();
    }
}
