package io.omsbatch.examples.benchmarks.measure;

import java.io.File;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Tells the versions of libraries by the names of their files, so that no page can name another than was measured. */
public final class Versions {

    private Versions() {}

    /**
     * Finds the version of a library on the class path.
     *
     * @param artifact its artifact id
     * @return the version
     */
    public static String of(String artifact) {
        Pattern file = Pattern.compile(Pattern.quote(artifact) + "-(\\d.*)\\.jar");
        return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator, -1))
                .map(entry -> file.matcher(Path.of(entry).getFileName() + ""))
                .filter(Matcher::matches)
                .map(match -> match.group(1))
                .findFirst()
                .orElse("of unknown version");
    }
}
