package io.omsbatch.examples.embedding;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.omsbatch.core.OmsBatch;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The program that README shows")
class QuickStartTest {

    private static final Path SOURCE = Path.of("src/main/java/io/omsbatch/examples/embedding/QuickStart.java");
    private static final Path TEST =
            Path.of("src/test/java/io/omsbatch/examples/embedding/InMemoryGatewayProperties.java");
    private static final Path README = Path.of("../../README.md");

    @Test
    @DisplayName("plans, confirms and runs a batch, and reports every task")
    void runs() throws InterruptedException {
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        PrintStream before = System.out;
        System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
        try {
            QuickStart.main(new String[0]);
        } finally {
            System.setOut(before);
        }
        String text = printed.toString(StandardCharsets.UTF_8);
        assertTrue(text.contains("Batch start: 3 of 3 selected tasks"), text);
        assertTrue(text.contains("Batch start: 3 tasks, 3 succeeded"), text);
    }

    @Test
    @DisplayName("stands in README word for word, in under 40 lines")
    void isInReadme() throws IOException {
        String source = Files.readString(SOURCE);
        String shown = source.substring(source.indexOf("import io.omsbatch"));
        assertTrue(
                Files.readString(README).contains("```java\n" + shown + "```"),
                "README.md must hold the program of " + SOURCE + " from its first import on, as a java block");
        assertTrue(
                source.lines().count() < 40, "the program has " + source.lines().count() + " lines");
    }

    @Test
    @DisplayName("stands beside the test that proves its gateway, word for word, in about 20 lines")
    void testIsInReadme() throws IOException {
        String source = Files.readString(TEST);
        String shown = source.substring(source.indexOf("/**"));
        assertTrue(
                Files.readString(README).contains("```java\n" + shown + "```"),
                "README.md must hold the class of " + TEST + " as a java block");
    }

    @Test
    @DisplayName("runs as a module among modules, or on the class path, as the build says")
    void runsWhereTheBuildSays() {
        boolean asModule = QuickStartTest.class.getModule().isNamed();
        assertEquals(asModule, OmsBatch.class.getModule().isNamed(), "host and library must be on the same path");
        assertEquals(asModule, System.getProperty("jdk.module.path") != null, "the module path must hold the library");
    }
}
