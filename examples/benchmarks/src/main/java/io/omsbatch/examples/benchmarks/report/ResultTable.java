package io.omsbatch.examples.benchmarks.report;

import io.omsbatch.examples.benchmarks.frame.Goal;
import io.omsbatch.examples.benchmarks.frame.Role;
import io.omsbatch.examples.benchmarks.frame.Workload;
import io.omsbatch.examples.benchmarks.measure.Result;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The table of a workload, for a terminal and for the page. */
public final class ResultTable {

    private final Result result;
    private final List<Standing> standings;
    private final List<List<String>> rows = new ArrayList<>();

    /**
     * Makes the table.
     *
     * @param result what the workload gave
     */
    public ResultTable(Result result) {
        this.result = result;
        this.standings = Standing.of(result);
        Workload workload = result.workload();
        boolean peers = workload.contenders().stream().anyMatch(contender -> contender.role() == Role.PEER);
        List<String> notes = List.copyOf(standings.stream()
                .flatMap(standing -> standing.notes().keySet().stream())
                .collect(Collectors.toCollection(TreeSet::new)));
        List<String> header =
                new ArrayList<>(List.of("contender", "", workload.measure().unit(), "min .. max", "to the reference"));
        if (peers) {
            header.add("to the best peer");
        }
        header.addAll(notes);
        rows.add(header);
        for (Standing standing : standings) {
            List<String> row = new ArrayList<>(List.of(
                    standing.contender().name(),
                    role(standing),
                    Numbers.of(standing.values().median()),
                    Numbers.of(standing.values().least()) + " .. "
                            + Numbers.of(standing.values().most()),
                    Numbers.ratio(standing.toReference())));
            if (peers) {
                row.add(standing.toBestPeer() == null ? "" : Numbers.ratio(standing.toBestPeer()));
            }
            for (String note : notes) {
                Double value = standing.notes().get(note);
                row.add(value == null ? "-" : Numbers.of(value));
            }
            rows.add(row);
        }
    }

    private String role(Standing standing) {
        return switch (standing.contender().role()) {
            case OURS -> "oms-batch";
            case FLOOR -> standing.contender().equals(result.workload().reference()) ? "floor, reference" : "floor";
            case PEER -> "peer";
        };
    }

    /** Returns the standings, the best first. */
    List<Standing> standings() {
        return standings;
    }

    /** Returns one sentence for each of our contenders: the goal, and whether it was reached. */
    public List<String> goals() {
        Goal goal = result.workload().goal();
        double reference = result.of(result.workload().reference()).median();
        return standings.stream()
                .filter(standing -> standing.contender().role() == Role.OURS)
                .map(standing -> standing.contender().name() + ": "
                        + (goal.met(
                                        result.workload().measure(),
                                        standing.values().median(),
                                        reference)
                                ? "reached"
                                : "missed")
                        + " (" + Numbers.of(standing.values().median()) + " "
                        + result.workload().measure().unit() + ", " + Numbers.ratio(standing.toReference())
                        + "); goal: " + goal.text())
                .toList();
    }

    /** Returns how quick the disk was, or nothing if that did not matter. */
    public String disk() {
        return result.fsyncMicroseconds().isEmpty()
                ? ""
                : "append + fdatasync, median of 300, before, between and after the rounds: "
                        + result.fsyncMicroseconds().stream()
                                .map(micros -> String.format(Locale.ROOT, "%.0f us", micros))
                                .collect(Collectors.joining(", "));
    }

    /** Returns the table with columns of even width. */
    public String text() {
        List<Integer> widths = new ArrayList<>();
        for (int column = 0; column < rows.get(0).size(); column++) {
            int at = column;
            widths.add(rows.stream()
                    .map(row -> row.get(at).length())
                    .max(Comparator.naturalOrder())
                    .orElse(0));
        }
        StringBuilder text = new StringBuilder();
        for (List<String> row : rows) {
            StringBuilder line = new StringBuilder();
            for (int column = 0; column < row.size(); column++) {
                String cell = row.get(column);
                line.append(cell).append(" ".repeat(widths.get(column) - cell.length() + 2));
            }
            text.append(line.toString().stripTrailing()).append('\n');
        }
        return text.toString();
    }

    /** Returns the table in Markdown. */
    public String markdown() {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < rows.size(); i++) {
            text.append("| ").append(String.join(" | ", rows.get(i))).append(" |\n");
            if (i == 0) {
                text.append("|---|---|")
                        .append("---:|".repeat(rows.get(0).size() - 2))
                        .append('\n');
            }
        }
        return text.toString();
    }
}
