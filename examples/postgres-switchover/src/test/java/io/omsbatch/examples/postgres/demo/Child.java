package io.omsbatch.examples.postgres.demo;

import io.omsbatch.examples.postgres.Main;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The example in a process of its own, which may be killed. */
record Child(int exitCode, String said, double seconds) {
    static final int KILLED = 128 + 9;
    private static final long LIMIT_SECONDS = 120;

    /**
     * Runs it to its end.
     *
     * @param temporary its folder for temporary files, so that it sees no other runs
     */
    static Child run(Path temporary, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                ProcessHandle.current().info().command().orElseThrow(),
                "-Djava.io.tmpdir=" + temporary,
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName(),
                "--plain",
                "--yes"));
        command.addAll(List.of(arguments));
        Path output = Files.createTempFile(temporary, "said", ".txt");
        long began = System.nanoTime();
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new AssertionError("not over after " + LIMIT_SECONDS + " s: " + Files.readString(output));
        }
        double seconds = (System.nanoTime() - began) / 1e9;
        String said = Files.readString(output);
        Files.delete(output);
        return new Child(process.exitValue(), said, seconds);
    }
}
