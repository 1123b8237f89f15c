package io.omsbatch.core.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A committed document with blocks that are rendered from code. A block stands between {@code <!-- rendered: name -->} and
 * {@code <!-- end -->}; what is outside is written by hand.
 */
final class RenderedDocument {

    private static final Path DOCUMENTS = Path.of("..", "docs");
    private static final String UPDATE = "docs.update";
    private static final String COMMAND = "mvn test -pl oms-batch-core -am -Dtest=ReferenceDocumentsTest,GuidesTest"
            + " -Dsurefire.failIfNoSpecifiedTests=false -D" + UPDATE + "=true";

    private final Path file;
    private final String committed;
    private String rendered;

    RenderedDocument(String name) throws IOException {
        this.file = DOCUMENTS.resolve(name);
        this.committed = Files.readString(file);
        this.rendered = committed;
    }

    /** Renders a block of the document, which must be there exactly once. */
    RenderedDocument block(String name, String content) {
        Pattern block =
                Pattern.compile("(<!-- rendered: " + Pattern.quote(name) + " -->\n).*?(<!-- end -->)", Pattern.DOTALL);
        assertThat(block.matcher(committed).results())
                .as("places for the block \"%s\" in %s", name, file.getFileName())
                .hasSize(1);
        rendered = block.matcher(rendered).replaceFirst("$1\n" + Matcher.quoteReplacement(content.strip()) + "\n\n$2");
        return this;
    }

    /** Renders a block of code. */
    RenderedDocument code(String name, String language, String content) {
        return block(name, "```" + language + "\n" + content.stripTrailing() + "\n```");
    }

    /** Fails if the committed document differs from the rendered one, or writes it if that was asked for. */
    void check() throws IOException {
        if (Boolean.getBoolean(UPDATE)) {
            Files.writeString(file, rendered);
        } else if (!committed.equals(rendered)) {
            String before = committed
                    .lines()
                    .filter(line -> rendered.lines().noneMatch(line::equals))
                    .map(line -> "- " + line + "\n")
                    .reduce("", String::concat);
            String after = rendered.lines()
                    .filter(line -> committed.lines().noneMatch(line::equals))
                    .map(line -> "+ " + line + "\n")
                    .reduce("", String::concat);
            fail(
                    "docs/reference/%s is not what the code says (- committed, + rendered):%n%s%s"
                            + "If the change is wanted, write it with%n  %s%nand commit the file.",
                    file.getFileName(), before, after, COMMAND);
        }
    }
}
