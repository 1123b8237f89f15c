package io.omsbatch.api.journal;

import io.omsbatch.api.Limits;
import io.omsbatch.api.SafeText;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One page of a list of runs, those confirmed last first. Immutable.
 *
 * @param runs the runs of this page; may be empty
 * @param next what to ask the next page with, or null if this is the last
 * @since 0.1.0
 */
public record RunPage(List<RunSummary> runs, @Nullable String next) {

    /**
     * Checks and copies the runs.
     *
     * @throws io.omsbatch.api.InvalidInputException if one of them is null
     */
    public RunPage {
        Limits.elements("RunPage.runs", runs, Limits.ITEMS);
        runs = List.copyOf(runs);
    }

    /** Returns how many runs, and the escaped cursor of the next page. */
    @Override
    public String toString() {
        return runs.size() + " runs, " + (next == null ? "the last page" : "next " + SafeText.escape(next));
    }
}
