package io.omsbatch.core.internal.durable;

import io.omsbatch.api.task.TaskRef;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Set;

/** Lists of tasks within a fact: platform and id in turn, a line each, as neither can hold a line break. */
final class TaskLists {

    private TaskLists() {}

    static String text(Collection<TaskRef> tasks) {
        StringBuilder text = new StringBuilder();
        tasks.forEach(
                ref -> text.append(ref.platform()).append('\n').append(ref.id()).append('\n'));
        return text.toString();
    }

    static Set<TaskRef> tasks(String text) {
        Set<TaskRef> tasks = new LinkedHashSet<>();
        if (text.isEmpty()) {
            return tasks;
        }
        String[] lines = text.split("\n", -1);
        if (lines.length % 2 == 0) {
            throw new IllegalArgumentException("is no list of tasks");
        }
        for (int line = 0; line + 1 < lines.length; line += 2) {
            tasks.add(new TaskRef(lines[line], lines[line + 1]));
        }
        return tasks;
    }
}
