package io.omsbatch.core.internal.durable;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.omsbatch.api.task.TaskRef;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("DUR-4: A list of tasks within a fact")
class TaskListsTest {

    @Test
    @DisplayName("is read as it was written")
    void read() {
        List<TaskRef> tasks = List.of(new TaskRef("p", "b"), new TaskRef("q", "a"), new TaskRef("p", "a"));
        assertThat(TaskLists.tasks(TaskLists.text(tasks))).containsExactlyElementsOf(tasks);
        assertThat(TaskLists.tasks(TaskLists.text(List.of()))).isEmpty();
    }

    @Test
    @DisplayName("is refused when it was cut off, instead of read without its last task or with one that is none")
    void cutOff() {
        assertThatThrownBy(() -> TaskLists.tasks("p\na\np\n")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> TaskLists.tasks("p\na")).isInstanceOf(IllegalArgumentException.class);
    }
}
