package io.omsbatch.core.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** The code in guides, which is what stands in {@link GuidesTest} between {@code // guide: name} and {@code // end}. */
final class GuideCode {

    private static final Path SOURCE = Path.of("src/test/java/io/omsbatch/core/docs/GuidesTest.java");
    private static final Pattern REGION = Pattern.compile("\n *// guide: ([a-z-]+)\n(.*?)\n *// end\n", Pattern.DOTALL);

    private GuideCode() {}

    /** Returns the names of all pieces, in order. */
    static List<String> names() throws IOException {
        return REGION.matcher(Files.readString(SOURCE))
                .results()
                .map(region -> region.group(1))
                .toList();
    }

    /** Returns a piece, moved to the left. */
    static String of(String name) throws IOException {
        List<MatchResult> regions = REGION.matcher(Files.readString(SOURCE))
                .results()
                .filter(region -> region.group(1).equals(name))
                .toList();
        assertThat(regions).as("pieces of code with the name %s", name).hasSize(1);
        return regions.get(0).group(2).stripIndent();
    }
}
