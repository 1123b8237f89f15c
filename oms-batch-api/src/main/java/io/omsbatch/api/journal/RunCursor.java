package io.omsbatch.api.journal;

import io.omsbatch.api.InvalidInputException;
import io.omsbatch.api.Limits;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Where a list of runs goes on: after the run that the page before ended with. For stores, which hand it out as text. Immutable.
 *
 * @param startedAt when that run was confirmed
 * @param runId that run
 * @since 0.1.0
 */
public record RunCursor(Instant startedAt, String runId) {

    /** The order of lists: those confirmed last first, and by id where that was at the same time. */
    public static final Comparator<RunSummary> NEWEST_FIRST = Comparator.comparing(RunSummary::startedAt)
            .reversed()
            .thenComparing(Comparator.comparing(RunSummary::runId).reversed());

    private static final String FIELD = "JournalStore.runs.from";

    /** Checks the parts. */
    public RunCursor {
        Objects.requireNonNull(startedAt, "RunCursor.startedAt");
        Limits.id("RunCursor.runId", runId);
    }

    /**
     * Reads a cursor.
     *
     * @param text the cursor as it was handed out
     * @return where the list goes on
     * @throws InvalidInputException if it was not handed out
     */
    public static RunCursor parse(String text) {
        int space = Objects.requireNonNull(text, "text").indexOf(' ');
        try {
            if (space > 0) {
                return new RunCursor(Instant.parse(text.substring(0, space)), text.substring(space + 1));
            }
        } catch (DateTimeException notATime) {
            // said below
        }
        throw new InvalidInputException(FIELD, "is no cursor of this list; begin with null");
    }

    /** Returns the cursor as it is handed out. */
    public String text() {
        return startedAt + " " + runId;
    }

    /**
     * Makes a page.
     *
     * @param runs one run more than the page may have, if there is one, in order
     * @param most how many the page may have, 1 to 1 000
     * @return the page
     */
    public static RunPage page(List<RunSummary> runs, int most) {
        Objects.requireNonNull(runs, "RunCursor.page.runs");
        Limits.range("RunCursor.page.most", most, 1, Limits.ITEMS);
        if (runs.size() <= most) {
            return new RunPage(runs, null);
        }
        List<RunSummary> kept = runs.subList(0, most);
        Limits.noNull("RunCursor.page.runs", kept);
        RunSummary last = kept.get(most - 1);
        return new RunPage(kept, new RunCursor(last.startedAt(), last.runId()).text());
    }

    /**
     * Makes a page of all runs there are.
     *
     * @param all all runs that pass the filter, in order
     * @param from the cursor of the page before, or null for the first page
     * @param most how many the page may have, 1 to 1 000
     * @return the page
     */
    public static RunPage page(List<RunSummary> all, @Nullable String from, int most) {
        Objects.requireNonNull(all, "RunCursor.page.all");
        if (from == null) {
            return page(all, most);
        }
        RunCursor cursor = parse(from);
        return page(all.stream().filter(cursor::isBefore).limit(most + 1L).toList(), most);
    }

    private boolean isBefore(RunSummary run) {
        int byTime = run.startedAt().compareTo(startedAt);
        return byTime < 0 || (byTime == 0 && run.runId().compareTo(runId) < 0);
    }
}
