package io.omsbatch.examples.service.web;

import io.omsbatch.api.InvalidInputException;
import io.omsbatch.api.SafeText;
import io.omsbatch.api.task.TaskRef;
import io.omsbatch.examples.service.gateway.JobGateway;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Checks what is in the body of a request. Everything it refuses names the field. */
final class Asked {

    private static final int SHOWN = 64;

    private Asked() {}

    static String text(String field, @Nullable String value) {
        if (value == null) {
            throw new InvalidInputException(field, "is missing");
        }
        return value;
    }

    static long number(String field, @Nullable Long value) {
        if (value == null) {
            throw new InvalidInputException(field, "is missing; give back the version that you saw");
        }
        return value;
    }

    static <E extends Enum<E>> E word(String field, Class<E> type, @Nullable String value) {
        String asked = text(field, value);
        for (E known : type.getEnumConstants()) {
            if (known.name().equals(asked.toUpperCase(Locale.ROOT).replace('-', '_'))) {
                return known;
            }
        }
        throw new InvalidInputException(
                field,
                "is \"" + SafeText.escape(asked, SHOWN) + "\"; it must be one of "
                        + Arrays.toString(type.getEnumConstants()));
    }

    static List<TaskRef> tasks(String field, @Nullable List<@Nullable String> ids) {
        if (ids == null) {
            throw new InvalidInputException(field, "is missing; name the tasks by their ids");
        }
        List<TaskRef> tasks = new ArrayList<>(ids.size());
        for (String id : ids) {
            String place = field + "[" + tasks.size() + "]";
            try {
                tasks.add(JobGateway.task(text(place, id)));
            } catch (InvalidInputException broken) {
                throw broken.field().equals(place) ? broken : new InvalidInputException(place, reason(broken));
            }
        }
        return tasks;
    }

    /** Returns what is wrong without the library's name of the field. */
    private static String reason(InvalidInputException broken) {
        String message = String.valueOf(broken.getMessage());
        String prefix = broken.field() + ": ";
        return message.startsWith(prefix) ? message.substring(prefix.length()) : message;
    }
}
