package io.omsbatch.core.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("docs/promises.md")
class PromisesDocumentTest {

    private static final Path DOCUMENT = Path.of("../docs/promises.md");
    private static final Pattern ROW = Pattern.compile("^\\| ((?:PLAN|RUN|DUR|SW|SEC)-\\d+) \\|(.*)\\|(.*)\\|(.*)\\|$");
    private static final Pattern LINK = Pattern.compile("\\[[^]]+]\\(([^)]+)\\)");
    private static final Map<String, Integer> NUMBERS = Map.of("PLAN", 3, "RUN", 12, "DUR", 5, "SW", 11, "SEC", 4);

    private static Map<String, Matcher> rows() throws IOException {
        Map<String, Matcher> rows = new TreeMap<>();
        for (String line : Files.readAllLines(DOCUMENT)) {
            Matcher row = ROW.matcher(line);
            if (row.matches()) {
                assertThat(rows.put(row.group(1), row))
                        .as(row.group(1) + " twice")
                        .isNull();
            }
        }
        return rows;
    }

    @Test
    @DisplayName("has a row for every promise")
    void complete() throws IOException {
        List<String> ids = new ArrayList<>();
        NUMBERS.forEach((family, most) -> {
            for (int number = 1; number <= most; number++) {
                ids.add(family + "-" + number);
            }
        });
        assertThat(rows().keySet()).containsExactlyInAnyOrderElementsOf(ids);
    }

    @Test
    @DisplayName("names for every kept promise a test that bears its id, and none for one that is not kept")
    void proved() throws IOException {
        for (Map.Entry<String, Matcher> row : rows().entrySet()) {
            String state = row.getValue().group(3).trim();
            Matcher links = LINK.matcher(row.getValue().group(4));
            int proofs = 0;
            while (links.find()) {
                Path proof = DOCUMENT.resolveSibling(links.group(1)).normalize();
                assertThat(proof).as(row.getKey()).isRegularFile();
                assertThat(Files.readString(proof))
                        .as(proof + " bears " + row.getKey())
                        .containsPattern(row.getKey() + "\\b");
                proofs++;
            }
            if (state.startsWith("not yet")) {
                assertThat(proofs)
                        .as("proofs of " + row.getKey() + ", which is not kept")
                        .isZero();
            } else {
                assertThat(state).as(row.getKey()).contains("kept");
                assertThat(proofs).as("proofs of " + row.getKey()).isPositive();
            }
        }
    }
}
