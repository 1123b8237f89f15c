package io.omsbatch.examples.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName(
        "Three replicas share the runs of 300 tasks, and one of them is killed in the middle (DUR-1, DUR-3, RUN-12)")
class ClusterIT {

    @Test
    @DisplayName("every step of every task is done once, and all that was its own goes on with another replica")
    void killed() throws Exception {
        List<Path> before = folders();
        ByteArrayOutputStream shown = new ByteArrayOutputStream();
        boolean proven = new Cluster(new PrintStream(shown, true, StandardCharsets.UTF_8), 50).run();
        String text = shown.toString(StandardCharsets.UTF_8);
        System.out.print(text);
        assertThat(proven).as(text).isTrue();
        assertThat(text)
                .contains("SIGKILL to replica ")
                .contains("1400 of 1400 steps were done exactly once")
                .contains("300 of 300 tasks succeeded, in 6 runs")
                .containsPattern("run \\S+ of \\S was taken over by \\S \\d+\\.\\d s after the kill")
                .contains("== PROVEN");
        assertThat(before).as("what was there before").containsAll(folders());
    }

    private static List<Path> folders() throws IOException {
        try (Stream<Path> files = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
            return files.filter(file -> file.getFileName().toString().startsWith("oms-batch-cluster-"))
                    .sorted()
                    .toList();
        }
    }
}
