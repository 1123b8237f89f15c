package io.omsbatch.examples.postgres.demo;

import io.omsbatch.examples.postgres.server.PostgresVersion;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * What a run is to do. Immutable.
 *
 * @param tasks how many databases, 1 to 200
 * @param rows how many purchases each begins with, 1 to 1 000 000
 * @param rate how many transactions a second each live writer makes, 1 to 1 000
 * @param source version of the source server
 * @param target version of the target server
 * @param breakage what is broken on purpose; null for nothing
 * @param journal where the engine's journal is: {@value #EMBEDDED}, or the JDBC address of a database of H2, PostgreSQL or
 *     MariaDB; null for memory
 * @param course how the forward switchover is to go
 */
public record DemoOptions(
        int tasks,
        int rows,
        int rate,
        PostgresVersion source,
        PostgresVersion target,
        @Nullable Breakage breakage,
        @Nullable String journal,
        Course course) {
    /** A journal in a database of its own beside the platform's, on the target server. */
    public static final String EMBEDDED = "embedded";

    private static final Pattern ADDRESS = Pattern.compile("jdbc:(h2|postgresql|mariadb):.+");

    /** Checks the ranges. */
    public DemoOptions {
        range("--tasks", tasks, 1, 200);
        range("--rows", rows, 1, 1_000_000);
        range("--rate", rate, 1, 1_000);
        if (breakage != null && !names(tasks).contains(breakage.database())) {
            throw new IllegalArgumentException("--fail names " + breakage.database() + "; there are "
                    + names(tasks).get(0) + " to " + names(tasks).get(tasks - 1));
        }
        if (journal != null
                && !journal.equals(EMBEDDED)
                && !ADDRESS.matcher(journal).matches()) {
            throw new IllegalArgumentException("--journal is neither '" + EMBEDDED
                    + "' nor a JDBC address that begins with jdbc:h2:, jdbc:postgresql: or jdbc:mariadb:");
        }
    }

    /** As many transactions a second as a small machine carries for this many databases. */
    public static int modestRate(int tasks) {
        return Math.max(1, Math.min(20, 120 / Math.max(1, tasks)));
    }

    /** The names of the databases. */
    public List<String> names() {
        return names(tasks);
    }

    private static List<String> names(int tasks) {
        return IntStream.rangeClosed(1, tasks)
                .mapToObj(number -> String.format(Locale.ROOT, "shop_%02d", number))
                .toList();
    }

    private static void range(String name, int value, int least, int most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(name + " is " + value + "; it must be " + least + " to " + most);
        }
    }
}
