package io.omsbatch.core.internal.read;

import io.omsbatch.api.gateway.GatewayException;
import io.omsbatch.api.gateway.TaskPage;
import io.omsbatch.api.task.MigrationTask;
import io.omsbatch.api.task.TaskRef;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What is chosen of a platform's tasks, a page at a time. It belongs to the thread that selects, which is also where the host's
 * predicate is asked, so that one that hangs holds nothing but that thread.
 */
public final class Selection {

    /** How many pages in a row may hold nothing: a platform may filter, but must not go on for ever. */
    static final int MOST_EMPTY_PAGES = 1_000;

    /** How many pages there may be, 10 million tasks in pages of 100. */
    static final int MOST_PAGES = 100_000;

    private final Predicate<MigrationTask> wanted;
    private final int most;
    private final Set<TaskRef> found = new LinkedHashSet<>();
    private final Set<String> visited = new HashSet<>();
    private @Nullable String from;
    private boolean over;
    private int emptyPages;

    /**
     * Begins at the first page.
     *
     * @param wanted decides which tasks are wanted
     * @param most how many at most
     */
    public Selection(Predicate<MigrationTask> wanted, int most) {
        this.wanted = wanted;
        this.most = most;
    }

    /** Returns whether no further page is needed. */
    public boolean over() {
        return over;
    }

    /** Returns where the next page begins, or null if that is the first. */
    public @Nullable String from() {
        return from;
    }

    /** Returns the wanted tasks of the pages taken, each once, in the platform's order. */
    public List<TaskRef> found() {
        return List.copyOf(found);
    }

    /**
     * Takes a page.
     *
     * @param page the page that was asked for
     * @throws GatewayException if the platform's pages do not come to an end
     */
    public void take(TaskPage page) {
        for (MigrationTask task : page.tasks()) {
            if (found.size() < most && wanted.test(task)) {
                found.add(task.ref());
            }
        }
        from = page.next();
        emptyPages = page.tasks().isEmpty() ? emptyPages + 1 : 0;
        if (from == null || found.size() >= most) {
            over = true;
        } else if (!visited.add(from)) {
            throw failure("the platform's pages go round in circles");
        } else if (emptyPages > MOST_EMPTY_PAGES) {
            throw failure("the platform sent more than " + MOST_EMPTY_PAGES + " empty pages in a row");
        } else if (visited.size() >= MOST_PAGES) {
            throw failure("the platform has more than " + MOST_PAGES + " pages; ask for larger ones");
        }
    }

    static GatewayException failure(String why) {
        return GatewayException.transientFailure("the tasks could not be listed: " + why, null);
    }
}
