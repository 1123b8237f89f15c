package io.omsbatch.core.architecture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

@DisplayName("The public surface of each published module equals its committed text, so that a change shows in review")
class PublicSurfaceTest {
    private static final Path COMMITTED = Path.of("..", "docs", "api");
    private static final Pattern TYPE = Pattern.compile("io\\.omsbatch[.\\w]*");
    private static final String UPDATE = "surface.update";
    private static final String COMMAND = "mvn test -pl oms-batch-core -am -Dtest=PublicSurfaceTest"
            + " -Dsurefire.failIfNoSpecifiedTests=false -D" + UPDATE + "=true";

    @TestFactory
    Stream<DynamicTest> surfaces() {
        return PublishedModules.NAMES.stream().map(module -> DynamicTest.dynamicTest(module, () -> compare(module)));
    }

    private static void compare(String module) throws IOException {
        Path file = COMMITTED.resolve(module.replace("io.omsbatch.", "oms-batch-") + ".txt");
        List<String> actual = PublicSurface.of(module);
        if (Boolean.getBoolean(UPDATE)) {
            Files.createDirectories(COMMITTED);
            Files.writeString(file, String.join("\n", actual) + "\n");
            return;
        }
        List<String> committed = Files.exists(file) ? Files.readAllLines(file) : List.of();
        if (!committed.equals(actual)) {
            fail(
                    "The public surface of %s is not the one in docs/api/%s (- committed, + compiled):%n%s%nIf the change is wanted, write it with%n  %s%nand commit the file.",
                    module, file.getFileName(), difference(committed, actual), COMMAND);
        }
    }

    private static String difference(List<String> committed, List<String> actual) {
        List<String> before = withOwners(committed);
        List<String> after = withOwners(actual);
        List<String> lines = new ArrayList<>();
        before.stream().filter(line -> !after.contains(line)).forEach(line -> lines.add("- " + line));
        after.stream().filter(line -> !before.contains(line)).forEach(line -> lines.add("+ " + line));
        assertThat(lines)
                .as("lines that differ; none means that only their order does")
                .isNotEmpty();
        return String.join("\n", lines);
    }

    /** Equal lines of two types are told apart by the type that they stand under. */
    private static List<String> withOwners(List<String> lines) {
        List<String> named = new ArrayList<>();
        String owner = "";
        for (String line : lines) {
            if (line.startsWith("    ")) {
                named.add(owner + ": " + line.strip());
            } else {
                owner = TYPE.matcher(line)
                        .results()
                        .map(MatchResult::group)
                        .findFirst()
                        .orElse(line);
                named.add(line.strip());
            }
        }
        return named;
    }
}
