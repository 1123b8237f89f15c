package io.omsbatch.api;

import java.time.Duration;
import java.util.Collection;
import java.util.Objects;

/**
 * The bounds of every input (SEC-3) and the checks that enforce them. What identifies something, or is given by a caller,
 * is refused beyond its limit; what a platform merely sends for display (names, messages) is shortened by
 * {@link SafeText#shorten} instead, so that a talkative platform cannot make a task unreadable.
 *
 * @since 0.1.0
 */
public final class Limits {

    /** Longest identifier (task, platform, request, actor), in characters: 200. */
    public static final int ID_LENGTH = 200;

    /** Longest display name kept, in characters: 256, four times the 64 that OMS itself allows. */
    public static final int NAME_LENGTH = 256;

    /** Longest reason of a confirmation or a control, in characters: 1 000. */
    public static final int REASON_LENGTH = 1_000;

    /** Longest message or remedy kept from a platform, in characters: 2 000. */
    public static final int MESSAGE_LENGTH = 2_000;

    /** Most items of one list that a platform sends for one task (precheck items, database objects): 1 000. */
    public static final int ITEMS = 1_000;

    /** Most tags of one task: 32 (OMS allows 4). */
    public static final int TAGS = 32;

    /** Most tasks that any request may name, whatever the engine's own setting: 1 000 000. */
    public static final int TASKS = 1_000_000;

    private Limits() {}

    /**
     * Checks an identifier: 1 to {@link #ID_LENGTH} characters, none of which {@link SafeText#escape} would escape, so that it
     * can be shown as it is.
     *
     * @param field the field's name for the error
     * @param value the identifier
     * @return the same identifier
     * @throws InvalidInputException if it breaks the limit
     */
    public static String id(String field, String value) {
        checkLength(field, value, ID_LENGTH);
        for (int i = printable(value); i < value.length(); i += Character.charCount(value.codePointAt(i))) {
            refuseIf(SafeText.dangerous(value.codePointAt(i)), field, value, i);
        }
        return value;
    }

    /** Returns how many of the first characters are printable ASCII, as most are. */
    private static int printable(String value) {
        int length = 0;
        while (length < value.length() && value.charAt(length) >= ' ' && value.charAt(length) <= '~') {
            length++;
        }
        return length;
    }

    /**
     * Checks what names a person, a platform or a task: an identifier as {@link #id} has it, and not only blanks.
     *
     * @param field the field's name for the error
     * @param value the name
     * @return the same name
     * @throws InvalidInputException if it breaks the limit
     */
    public static String name(String field, String value) {
        id(field, value);
        boolean begins = value.charAt(0) > ' ' && value.charAt(0) <= '~';
        if (!begins
                && value.codePoints()
                        .allMatch(point -> Character.isWhitespace(point) || Character.isSpaceChar(point))) {
            throw new InvalidInputException(
                    field, "is blank: " + value.length() + " characters that nobody can see; name it visibly");
        }
        return value;
    }

    /**
     * Checks the tasks that a caller names: at most {@link #TASKS}, and none of them null.
     *
     * @param field the field's name for the error
     * @param tasks the tasks
     * @throws InvalidInputException if they break the limit, one is null, or they are more or fewer than they say
     */
    public static void tasks(String field, Collection<?> tasks) {
        Objects.requireNonNull(field, "field");
        Objects.requireNonNull(tasks, field);
        int size = tasks.size();
        if (size > TASKS) {
            throw new InvalidInputException(
                    field, "has " + size + " tasks; at most " + TASKS + " are allowed, split the selection");
        }
        noNull(field, tasks, size);
    }

    /**
     * Checks a collection before it is copied: not too large, and no element of it null. The size is looked at first, so that no
     * more elements are looked at than are allowed.
     *
     * @param field the field's name for the error
     * @param elements the collection
     * @param most how many elements are allowed
     * @throws InvalidInputException if there are more, one is null, or there are more or fewer than it says
     */
    public static void elements(String field, Collection<?> elements, int most) {
        Objects.requireNonNull(field, "field");
        Objects.requireNonNull(elements, field);
        int size = elements.size();
        if (size > most) {
            throw new InvalidInputException(field, "has " + size + " elements; at most " + most + " are allowed");
        }
        noNull(field, elements, size);
    }

    /**
     * Checks that no element of a collection is null.
     *
     * @param field the field's name for the error
     * @param elements the collection
     * @throws InvalidInputException if an element is null, or it has more or fewer than it says
     */
    public static void noNull(String field, Collection<?> elements) {
        Objects.requireNonNull(field, "field");
        Objects.requireNonNull(elements, field);
        noNull(field, elements, elements.size());
    }

    /** A collection that somebody changes meanwhile, or that lies, may go on for ever: no more is looked at than it says it has. */
    private static void noNull(String field, Collection<?> elements, int size) {
        int index = 0;
        for (Object element : elements) {
            if (index == size) {
                throw new InvalidInputException(
                        field, "says that it has " + size + " elements and has more; pass one that nobody changes");
            }
            if (element == null) {
                throw new InvalidInputException(
                        field, "holds null at index " + index + " of " + size + "; leave it out");
            }
            index++;
        }
        if (index < size) {
            throw new InvalidInputException(
                    field,
                    "says that it has " + size + " elements and has " + index + "; pass one that nobody changes");
        }
    }

    /**
     * Checks a reason: 1 to {@link #REASON_LENGTH} characters, not blank, no control characters but line breaks and
     * tabs, no lone surrogates.
     *
     * @param field the field's name for the error
     * @param value the reason
     * @return the same reason
     * @throws InvalidInputException if it breaks the limit
     */
    public static String reason(String field, String value) {
        Objects.requireNonNull(field, "field");
        Objects.requireNonNull(value, field);
        if (value.isBlank()) {
            throw new InvalidInputException(field, "is blank; say why, in 1 to " + REASON_LENGTH + " characters");
        }
        checkLength(field, value, REASON_LENGTH);
        for (int i = 0; i < value.length(); i += Character.charCount(value.codePointAt(i))) {
            int point = value.codePointAt(i);
            boolean layout = point == '\n' || point == '\r' || point == '\t';
            boolean broken = Character.isISOControl(point) || Character.getType(point) == Character.SURROGATE;
            refuseIf(broken && !layout, field, value, i);
        }
        return value;
    }

    /**
     * Checks that a number lies within its range.
     *
     * @param field the field's name for the error
     * @param value the number
     * @param least the smallest value allowed
     * @param most the largest value allowed
     * @return the same number
     * @throws InvalidInputException if it lies outside
     */
    public static long range(String field, long value, long least, long most) {
        Objects.requireNonNull(field, "field");
        if (value < least || value > most) {
            throw new InvalidInputException(field, "is " + value + "; it must be " + least + " to " + most);
        }
        return value;
    }

    /**
     * Checks that a duration lies within its range.
     *
     * @param field the field's name for the error
     * @param value the duration
     * @param least the shortest allowed
     * @param most the longest allowed
     * @return the same duration
     * @throws InvalidInputException if it lies outside
     */
    public static Duration range(String field, Duration value, Duration least, Duration most) {
        Objects.requireNonNull(field, "field");
        Objects.requireNonNull(value, field);
        Objects.requireNonNull(least, "least");
        Objects.requireNonNull(most, "most");
        if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
            throw new InvalidInputException(field, "is " + value + "; it must be " + least + " to " + most);
        }
        return value;
    }

    private static void checkLength(String field, String value, int most) {
        Objects.requireNonNull(field, "field");
        Objects.requireNonNull(value, field);
        if (value.isEmpty() || value.length() > most) {
            throw new InvalidInputException(field, "has " + value.length() + " characters; it must have 1 to " + most);
        }
    }

    private static void refuseIf(boolean refused, String field, String value, int index) {
        if (refused) {
            throw new InvalidInputException(
                    field,
                    "holds the control or format character U+" + String.format("%04X", value.codePointAt(index))
                            + " at index " + index + "; remove it");
        }
    }
}
