package io.omsbatch.core.internal.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.omsbatch.api.gateway.GatewayException;
import io.omsbatch.api.gateway.TaskPage;
import io.omsbatch.api.task.MigrationTask;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A selection")
class SelectionTest {

    private final List<@Nullable String> cursors = new ArrayList<>();

    private Selection select(Predicate<MigrationTask> wanted, int most, Function<String, TaskPage> pages) {
        Selection selection = new Selection(wanted, most);
        while (!selection.over()) {
            cursors.add(selection.from());
            selection.take(pages.apply(String.valueOf(selection.from())));
        }
        return selection;
    }

    private void assertFails(Function<String, TaskPage> pages, String message) {
        assertThatThrownBy(() -> select(task -> true, 1_000, pages))
                .isInstanceOf(GatewayException.class)
                .hasMessage("the tasks could not be listed: " + message);
    }

    private static TaskPage page(int from, int to, @Nullable String next) {
        return new TaskPage(
                StubGateway.refs(to).subList(from, to).stream()
                        .map(StubGateway::task)
                        .toList(),
                next);
    }

    @Test
    @DisplayName("goes through all pages in the platform's order, empty ones included, and asks for each once")
    void pages() {
        Selection selection = select(task -> true, 1_000, from -> switch (from) {
            case "null" -> page(0, 10, "b");
            case "b" -> page(0, 0, "c");
            case "c" -> page(10, 15, "d");
            default -> page(0, 0, null);
        });
        assertThat(selection.found()).containsExactlyElementsOf(StubGateway.refs(15));
        assertThat(cursors).containsExactly(null, "b", "c", "d");
    }

    @Test
    @DisplayName("keeps those that are wanted, each once, and is over as soon as it has enough")
    void wanted() {
        Function<String, TaskPage> pages = from -> from.equals("null") ? page(0, 10, "b") : page(5, 15, from + "b");
        assertThat(select(task -> task.ref().id().length() == 2, 10, pages).found())
                .containsExactlyElementsOf(StubGateway.refs(10));
        assertThat(cursors).hasSize(1);
        assertThat(select(task -> true, 15, pages).found()).containsExactlyElementsOf(StubGateway.refs(15));
        assertThat(cursors).hasSize(3);
    }

    @Test
    @DisplayName("RUN-8: fails when the pages go round in circles")
    void circle() {
        assertFails(from -> page(0, 1, from.equals("b") ? "c" : "b"), "the platform's pages go round in circles");
        assertThat(cursors).hasSize(3);
    }

    @Test
    @DisplayName("RUN-8: fails when the platform sends pages without end, empty or not")
    void endless() {
        assertFails(
                from -> page(0, 0, "page " + cursors.size()),
                "the platform sent more than " + Selection.MOST_EMPTY_PAGES + " empty pages in a row");
        cursors.clear();
        TaskPage full = page(0, 1, null);
        assertFails(
                from -> new TaskPage(full.tasks(), "page " + cursors.size()),
                "the platform has more than " + Selection.MOST_PAGES + " pages; ask for larger ones");
        assertThat(cursors).hasSize(Selection.MOST_PAGES);
    }
}
