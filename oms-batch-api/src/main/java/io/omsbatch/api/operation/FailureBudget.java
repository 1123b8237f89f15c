package io.omsbatch.api.operation;

import io.omsbatch.api.InvalidInputException;
import io.omsbatch.api.Limits;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How many tasks of a run may fail before it begins nothing new (RUN-7). It is spent once failures and unknowns together are more
 * than the budget. Immutable.
 *
 * @param measure whether {@code value} is a number of tasks or a share of them
 * @param value tasks, 0 to 1 000 000; or basis points of the tasks that were eligible when the plan was confirmed, 0 to 10 000
 * @param mode how many tasks may be in flight near the end of the budget
 * @since 0.1.0
 */
public record FailureBudget(Measure measure, int value, Mode mode) {

    /** A share in basis points: 10 000 are all. */
    public static final int ALL = 10_000;

    /** What the value counts. */
    public enum Measure {
        /** Tasks. */
        TASKS,
        /** Hundredths of a percent of the eligible tasks, rounded down to whole tasks. */
        BASIS_POINTS
    }

    /** What is more important: that the budget holds, or that the run is fast. */
    public enum Mode {
        /**
         * At most {@code budget + 1 - failures - unknowns} tasks are in flight, from their intent until it is known what came of
         * them, so that if all of them fail it is one more than the budget.
         */
        STRICT,
        /** As many tasks are in flight as calls may be, so up to that many more may fail before the budget is seen to be spent. */
        SOFT
    }

    /** Checks the parts. */
    public FailureBudget {
        Objects.requireNonNull(measure, "FailureBudget.measure");
        Objects.requireNonNull(mode, "FailureBudget.mode");
        Limits.range("FailureBudget.value", value, 0, measure == Measure.TASKS ? Limits.TASKS : ALL);
    }

    /**
     * Returns a strict budget of a number of tasks.
     *
     * @param value how many may fail, 0 to 1 000 000
     * @return the budget
     */
    public static FailureBudget tasks(int value) {
        return new FailureBudget(Measure.TASKS, value, Mode.STRICT);
    }

    /**
     * Returns a strict budget of a share of the tasks.
     *
     * @param value the percentage that may fail, 0 to 100, with at most two decimals
     * @return the budget
     */
    public static FailureBudget percent(double value) {
        double points = value * 100;
        if (!(points >= 0 && points <= ALL) || Math.abs(points - Math.rint(points)) > 1e-6) {
            throw new InvalidInputException(
                    "FailureBudget.percent", "is " + value + "; it must be 0 to 100 with at most two decimals");
        }
        return new FailureBudget(Measure.BASIS_POINTS, (int) Math.rint(points), Mode.STRICT);
    }

    /** Returns this budget in the soft mode. */
    public FailureBudget soft() {
        return new FailureBudget(measure, value, Mode.SOFT);
    }

    /**
     * Returns how many tasks may fail: the value itself, or {@code floor(basis points * eligible / 10 000)}.
     *
     * @param eligible how many tasks were eligible when the plan was confirmed
     * @return the number of tasks
     */
    public int allowed(int eligible) {
        return measure == Measure.TASKS ? value : (int) ((long) value * eligible / ALL);
    }

    /**
     * Reads a budget: {@code 3} for tasks, {@code 2.5%} for a share, either with {@code soft} after it.
     *
     * @param text the budget as {@link #toString} writes it
     * @return the budget
     * @throws InvalidInputException if the text is none
     */
    public static FailureBudget parse(String text) {
        String number = Objects.requireNonNull(text, "FailureBudget.text").strip();
        boolean soft = number.endsWith("soft");
        number = soft ? number.substring(0, number.length() - "soft".length()).strip() : number;
        FailureBudget budget = number.endsWith("%") ? share(number.substring(0, number.length() - 1)) : count(number);
        if (budget == null) {
            throw new InvalidInputException(
                    "FailureBudget.text", "is no budget; write a number of tasks, as 3, or a share, as 2.5%");
        }
        return soft ? budget.soft() : budget;
    }

    private static @Nullable FailureBudget share(String number) {
        return number.matches("\\d{1,3}(\\.\\d{1,2})?") ? percent(Double.parseDouble(number)) : null;
    }

    private static @Nullable FailureBudget count(String number) {
        return number.matches("\\d{1,7}") ? tasks(Integer.parseInt(number)) : null;
    }

    /** Returns the budget as {@link #parse} reads it. */
    @Override
    public String toString() {
        String number = Integer.toString(value);
        if (measure == Measure.BASIS_POINTS) {
            int hundredths = value % 100;
            number = value / 100 + (hundredths == 0 ? "" : String.format(Locale.ROOT, ".%02d", hundredths)) + "%";
        }
        return mode == Mode.STRICT ? number : number + " soft";
    }
}
