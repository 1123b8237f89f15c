package io.omsbatch.core.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What the source says of each constant of an enum. */
final class ConstantComments {

    private static final Path SOURCES = Path.of("..", "oms-batch-api", "src", "main", "java");
    private static final Pattern CONSTANT =
            Pattern.compile("/\\*\\*((?:(?!\\*/).)*)\\*/\\s*([A-Z][A-Z_]+)", Pattern.DOTALL);
    private static final Pattern TAG = Pattern.compile("\\{@(?:code|link|linkplain) ([^}]*)}");

    private ConstantComments() {}

    /** Returns the comment of each constant, in order; each must have one. */
    static <E extends Enum<E>> Map<E, String> of(Class<E> type) throws IOException {
        Class<?> top = type.getDeclaringClass() == null ? type : type.getDeclaringClass();
        String source = Files.readString(SOURCES.resolve(top.getName().replace('.', '/') + ".java"));
        Map<String, String> byName = new LinkedHashMap<>();
        Matcher constants = CONSTANT.matcher(source.substring(source.indexOf("enum " + type.getSimpleName() + " {")));
        while (constants.find()) {
            byName.putIfAbsent(constants.group(2), plain(constants.group(1)));
        }
        Map<E, String> comments = new LinkedHashMap<>();
        Stream.of(type.getEnumConstants()).forEach(constant -> {
            assertThat(byName).as("comments in %s", top).containsKey(constant.name());
            comments.put(constant, byName.get(constant.name()));
        });
        return comments;
    }

    private static String plain(String comment) {
        String line = comment.replaceAll("\\s*\\n\\s*\\*\\s?", " ").strip();
        return TAG.matcher(line)
                .replaceAll(tag -> "`" + Matcher.quoteReplacement(tag.group(1).replaceFirst("^.*#", "")) + "`");
    }
}
