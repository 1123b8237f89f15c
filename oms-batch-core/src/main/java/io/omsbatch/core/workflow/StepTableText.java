package io.omsbatch.core.workflow;

import io.omsbatch.api.switchover.StepStanding;
import io.omsbatch.api.switchover.SwitchoverAction;
import io.omsbatch.api.task.MigrationType.Part;
import io.omsbatch.api.task.SwitchoverDirection;
import io.omsbatch.api.task.SwitchoverStep;
import io.omsbatch.core.workflow.StepSpec.OnFailure;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Writes a switchover table as Markdown and as a Mermaid diagram. */
final class StepTableText {

    private StepTableText() {}

    static String markdown(StepTable table, SwitchoverDirection direction) {
        StringBuilder text = new StringBuilder("""
                | # | step | driven by | present | effect | on failure | barrier | point of no return | undo |
                |---|---|---|---|---|---|---|---|---|
                """);
        for (StepSpec row : table.rows()) {
            SwitchoverStep step = step(row);
            Part requires = step.requires(direction);
            text.append(line(
                    Integer.toString(step.number()),
                    step.title(direction),
                    words(row.driver()),
                    requires == null ? "always" : with(requires),
                    words(row.effect().kind()),
                    failure(row.onFailure()),
                    row.barrier() ? "all tasks of the lane" : "",
                    noReturn(row),
                    undo(row)));
        }
        return text.toString();
    }

    static String actions(StepTable table) {
        StepStanding.State[] states = StepStanding.State.values();
        StringBuilder text = new StringBuilder(line(Stream.concat(
                        Stream.of("step"), Stream.of(states).map(state -> words(state) + " `" + state.mark() + "`"))
                .toArray(String[]::new)));
        text.append("|---|").append("---|".repeat(states.length)).append('\n');
        for (StepSpec row : table.rows()) {
            text.append(line(Stream.concat(
                            Stream.of(step(row).number() + ". " + step(row).title()),
                            Stream.of(states).map(state -> offered(row, state)))
                    .toArray(String[]::new)));
        }
        return text.toString();
    }

    static String mermaid(StepTable table) {
        StringBuilder text = new StringBuilder("stateDiagram-v2\n    direction TB\n");
        for (StepSpec row : table.rows()) {
            text.append("    state \"")
                    .append(description(row))
                    .append("\" as ")
                    .append(row.name())
                    .append('\n');
        }
        String before = "[*]";
        String skip = "";
        for (StepSpec row : table.rows()) {
            text.append(edge(before, row.name(), before.equals("[*]") ? "" : "over"));
            if (!skip.isEmpty()) {
                text.append(edge(before, row.name(), skip));
            }
            if (row.onFailure().retry()) {
                text.append(edge(row.name(), row.name(), "retry"));
            }
            if (row.noReturn() != StepSpec.NoReturn.ELSEWHERE) {
                text.append("    note right of ")
                        .append(row.name())
                        .append("\n        point of no return ")
                        .append(noReturn(row))
                        .append("\n    end note\n");
            }
            before = row.name();
            skip = row.onFailure().skipWaives() == null ? "" : skip(row.onFailure());
        }
        return text.append(edge(before, "[*]", "over")).toString();
    }

    private static String description(StepSpec row) {
        SwitchoverStep step = step(row);
        StringBuilder text =
                new StringBuilder().append(step.number()).append(". ").append(step.title());
        text.append("<br/>")
                .append(row.driver() == StepSpec.Driver.OPERATOR ? "operator: all tasks, or one" : "automatic");
        text.append(row.barrier() ? ", barrier over the lane" : "");
        text.append(step.requires() == null ? "" : "<br/>only " + with(step.requires()));
        return text.toString();
    }

    private static String edge(String from, String to, String label) {
        return "    " + from + " --> " + to + (label.isEmpty() ? "" : " : " + label) + "\n";
    }

    private static String line(String... cells) {
        return Stream.of(cells).collect(Collectors.joining(" | ", "| ", " |\n"));
    }

    private static String offered(StepSpec row, StepStanding.State state) {
        return StepTable.offered(row, state).stream()
                .sorted()
                .map(SwitchoverAction::title)
                .collect(Collectors.collectingAndThen(Collectors.joining(", "), open -> open.isEmpty() ? "-" : open));
    }

    private static String failure(OnFailure onFailure) {
        if (onFailure.skipWaives() == null) {
            return onFailure.retry() ? "retry" : "final";
        }
        return "retry; " + skip(onFailure);
    }

    private static String skip(OnFailure onFailure) {
        return "skip" + (onFailure.askTwice() ? ", asked twice," : "") + " waives " + onFailure.skipWaives();
    }

    private static String noReturn(StepSpec row) {
        return switch (row.noReturn()) {
            case ELSEWHERE -> "";
            case AT_INTENT -> "with its intent";
            case WHEN_OVER_AND_LAST -> "when over, if it is the last step";
        };
    }

    private static String undo(StepSpec row) {
        return switch (row.effect().undo()) {
            case NOTHING -> "";
            case IN_TURN -> "in turn";
            case IN_TURN_OR_LEFT -> "in turn, or left behind";
            case LAST -> "last";
        };
    }

    private static String with(Part part) {
        return "with " + words(part);
    }

    private static String words(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    private static SwitchoverStep step(StepSpec row) {
        @Nullable SwitchoverStep step = row.step();
        return Objects.requireNonNull(step, "only a switchover table is rendered");
    }
}
