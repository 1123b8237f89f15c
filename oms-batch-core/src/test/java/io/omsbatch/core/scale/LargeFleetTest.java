package io.omsbatch.core.scale;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("A run of 100 000 tasks with 64 calls in flight, in a heap of 256 MB")
class LargeFleetTest {

    /** The virtual machine's own threads, and a few that have not yet come back to their pool when their slot goes on upon another. */
    private static final int OTHER_THREADS = 32;

    private static final int MINUTES = 4;

    @TempDir
    private Path folder;

    @Test
    @DisplayName("RUN-1, RUN-10: commands each task once and sees each stopped, when the platform is done at once")
    void done() throws Exception {
        check(0);
    }

    @Test
    @DisplayName(
            "RUN-1, RUN-4, RUN-10: commands each task once and sees each stopped, when the platform stops them later")
    void accepted() throws Exception {
        check(2);
    }

    private void check(int looksUntilStopped) throws IOException, InterruptedException {
        Path output = folder.resolve("output");
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-XX:+ExitOnOutOfMemoryError",
                        "-cp",
                        System.getProperty("java.class.path"),
                        LargeFleet.class.getName(),
                        Integer.toString(looksUntilStopped))
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        try {
            assertThat(process.waitFor(MINUTES, TimeUnit.MINUTES))
                    .as("the run ends within %d minutes", MINUTES)
                    .isTrue();
        } finally {
            process.destroyForcibly();
        }
        String said = Files.readString(output);
        assertThat(process.exitValue()).as(said).isZero();
        Map<String, String> values = said.lines()
                .filter(line -> line.matches("\\w+=.*"))
                .map(line -> line.split("=", 2))
                .collect(Collectors.toMap(parts -> parts[0], parts -> parts[1]));
        assertThat(values)
                .as(said)
                .containsEntry("counts", "{SUCCEEDED=" + LargeFleet.TASKS + "}")
                .containsEntry("commandedOnce", Integer.toString(LargeFleet.TASKS));
        assertThat(Integer.parseInt(values.get("mostInFlight"))).isBetween(1, LargeFleet.CONCURRENCY);
        assertThat(Integer.parseInt(values.get("peakThreads"))).isLessThan(LargeFleet.CONCURRENCY + OTHER_THREADS);
    }
}
