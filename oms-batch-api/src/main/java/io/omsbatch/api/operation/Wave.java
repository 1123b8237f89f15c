package io.omsbatch.api.operation;

import io.omsbatch.api.InvalidInputException;
import io.omsbatch.api.Limits;
import io.omsbatch.api.task.MigrationTask;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/**
 * Which eligible tasks make up one wave of a run, of those that are in no earlier wave. Immutable.
 *
 * @since 0.1.0
 */
public sealed interface Wave {

    /**
     * So many tasks, the first ones in request order.
     *
     * @param number how many, 1 to 1 000 000
     */
    record First(int number) implements Wave {
        /** Checks the number. */
        public First {
            Limits.range("Wave.number", number, 1, Limits.TASKS);
        }

        @Override
        public List<MigrationTask> take(List<MigrationTask> left, int eligible) {
            return Objects.requireNonNull(left, "left").subList(0, Math.min(number, left.size()));
        }

        /** Returns the wave as {@link Wave#parse} reads it. */
        @Override
        public String toString() {
            return Integer.toString(number);
        }
    }

    /**
     * As many tasks, the first ones in request order, as bring this wave and those before it to a share of the eligible tasks.
     *
     * @param basisPoints hundredths of a percent of the eligible tasks, rounded down to whole tasks, 1 to 10 000
     */
    record UpTo(int basisPoints) implements Wave {
        /** Checks the share. */
        public UpTo {
            Limits.range("Wave.basisPoints", basisPoints, 1, FailureBudget.ALL);
        }

        @Override
        public List<MigrationTask> take(List<MigrationTask> left, int eligible) {
            int before = eligible - Objects.requireNonNull(left, "left").size();
            int wanted = (int) ((long) basisPoints * eligible / FailureBudget.ALL) - before;
            return left.subList(0, Math.max(0, wanted));
        }

        /** Returns the wave as {@link Wave#parse} reads it. */
        @Override
        public String toString() {
            int hundredths = basisPoints % 100;
            return basisPoints / 100 + (hundredths == 0 ? "" : String.format(Locale.ROOT, ".%02d", hundredths)) + "%";
        }
    }

    /**
     * The tasks with a tag.
     *
     * @param tag the tag, 1 to 200 characters, none of them a comma
     */
    record Tagged(String tag) implements Wave {
        /** Checks the tag. */
        public Tagged {
            selector("Wave.tag", tag);
        }

        @Override
        public List<MigrationTask> take(List<MigrationTask> left, int eligible) {
            return Objects.requireNonNull(left, "left").stream()
                    .filter(task -> task.tags().contains(tag))
                    .toList();
        }

        /** Returns the wave as {@link Wave#parse} reads it. */
        @Override
        public String toString() {
            return TAG + tag;
        }
    }

    /**
     * The tasks whose names contain a text, as it is written.
     *
     * @param part the text, 1 to 200 characters, none of them a comma
     */
    record Named(String part) implements Wave {
        /** Checks the text. */
        public Named {
            selector("Wave.name", part);
        }

        @Override
        public List<MigrationTask> take(List<MigrationTask> left, int eligible) {
            return Objects.requireNonNull(left, "left").stream()
                    .filter(task -> task.name().contains(part))
                    .toList();
        }

        /** Returns the wave as {@link Wave#parse} reads it. */
        @Override
        public String toString() {
            return NAME + part;
        }
    }

    /** How the text of a wave by tag begins. */
    String TAG = "tag:";

    /** How the text of a wave by name begins. */
    String NAME = "name:";

    /**
     * Chooses the tasks of this wave.
     *
     * @param left the eligible tasks that are in no earlier wave, in request order
     * @param eligible how many tasks are eligible in all
     * @return those of {@code left} that are in this wave, in the same order; may be empty
     */
    List<MigrationTask> take(List<MigrationTask> left, int eligible);

    /**
     * Divides tasks into waves. What is in none of them makes up a last one; a wave without a task does not exist.
     *
     * @param waves the waves, in order
     * @param eligible the tasks, in request order
     * @return the tasks of each wave, in request order
     */
    static List<List<MigrationTask>> divide(List<Wave> waves, List<MigrationTask> eligible) {
        List<List<MigrationTask>> divided = new ArrayList<>();
        Limits.tasks("Wave.eligible", eligible);
        Limits.elements("Wave.waves", waves, Waves.MOST);
        List<MigrationTask> left = List.copyOf(eligible);
        for (Wave wave : waves) {
            List<MigrationTask> taken = List.copyOf(wave.take(left, eligible.size()));
            if (!taken.isEmpty()) {
                divided.add(taken);
                left = without(left, taken);
            }
        }
        if (!left.isEmpty()) {
            divided.add(left);
        }
        return List.copyOf(divided);
    }

    private static void selector(String field, String text) {
        Limits.id(field, text);
        if (text.indexOf(',') >= 0 || !text.strip().equals(text)) {
            throw new InvalidInputException(
                    field, "is " + text + "; commas, and white space around it, cannot be written in a list of waves");
        }
    }

    /** Both are in the same order, so one pass is enough. */
    private static List<MigrationTask> without(List<MigrationTask> tasks, List<MigrationTask> taken) {
        List<MigrationTask> left = new ArrayList<>();
        int next = 0;
        for (MigrationTask task : tasks) {
            if (next < taken.size() && taken.get(next).ref().equals(task.ref())) {
                next++;
            } else {
                left.add(task);
            }
        }
        return left;
    }

    /**
     * Reads a wave: {@code 1} for so many tasks, {@code 50%} up to that share, {@code tag:canary}, {@code name:orders}.
     *
     * @param text the wave as its {@code toString} writes it
     * @return the wave
     * @throws InvalidInputException if the text is none
     */
    static Wave parse(String text) {
        String wave = Objects.requireNonNull(text, "Wave.text");
        if (wave.startsWith(TAG)) {
            return new Tagged(wave.substring(TAG.length()));
        }
        if (wave.startsWith(NAME)) {
            return new Named(wave.substring(NAME.length()));
        }
        if (wave.strip().matches("\\d{1,3}(\\.\\d{1,2})?%")) {
            String number = wave.strip();
            return new UpTo(FailureBudget.percent(Double.parseDouble(number.substring(0, number.length() - 1)))
                    .value());
        }
        if (wave.strip().matches("\\d{1,7}")) {
            return new First(Integer.parseInt(wave.strip()));
        }
        throw new InvalidInputException(
                "Wave.text", "is no wave; write a number of tasks, as 1, a share, as 50%, tag:TAG, or name:PART");
    }
}
