package io.omsbatch.examples.benchmarks.report;

import io.omsbatch.examples.benchmarks.frame.Protocol;
import io.omsbatch.examples.benchmarks.frame.Question;
import io.omsbatch.examples.benchmarks.frame.Workload;
import io.omsbatch.examples.benchmarks.measure.Machine;
import io.omsbatch.examples.benchmarks.measure.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The page {@code performance.md} and its charts. */
public final class PerformancePage {

    private static final String HEAD = """
            # Performance

            This page is written by the benchmarks in [examples/benchmarks](../examples/benchmarks); this command measures all of it again:

            ```
            mvn -B -q -Pbenchmarks -DskipTests package -pl examples/benchmarks -am -Dbenchmarks.arguments="--write docs"
            ```

            Each number is the median of all measured iterations. Contenders take turns, round by round, each time in a JVM of its own. An
            iteration counts only if every item was called exactly once and recorded once with success; anything else fails the whole
            program. A *floor* is code written by hand for this one workload that does no more than it must; a *peer* is another library in
            the fastest fair configuration that we know. Ratios are speed, so above 1 is better than the floor that is named as the reference.
            No promise of [promises.md](promises.md) is switched off for any number of oms-batch. Compare numbers of one table only: between
            tables, and days, the machine may differ. [where-the-time-goes.md](where-the-time-goes.md) says why goals are missed, and what was tried.
            """;

    private final Machine machine;
    private final List<Result> results;

    /**
     * Makes the page.
     *
     * @param machine where it was measured
     * @param results what was measured
     */
    public PerformancePage(Machine machine, List<Result> results) {
        this.machine = machine;
        this.results = List.copyOf(results);
    }

    /**
     * Writes the page and its charts, in place of those that are there.
     *
     * @param folder into which folder
     * @throws IOException if that cannot be done
     */
    public void write(Path folder) throws IOException {
        Path charts = Files.createDirectories(folder.resolve("performance"));
        for (Result result : results) {
            Question question = result.workload().question();
            ResultTable table = new ResultTable(result);
            String title = question.key() + ": " + question.title();
            Files.writeString(
                    charts.resolve(question.fileName() + ".svg"),
                    new BarChart(title, result.workload().measure(), table.standings()).svg());
        }
        Files.writeString(folder.resolve("performance.md"), markdown());
    }

    /** Returns the page. */
    String markdown() {
        StringBuilder page = new StringBuilder(HEAD);
        page.append("\nMeasured on ").append(machine.date()).append(": ").append(machine.processor());
        page.append(", ").append(machine.memory()).append(", ").append(machine.system());
        page.append("; ")
                .append(machine.java())
                .append("; load average at the beginning ")
                .append(machine.load());
        page.append(".\n");
        results.forEach(result -> page.append(section(result)));
        return page.toString();
    }

    private static String section(Result result) {
        Workload workload = result.workload();
        Question question = workload.question();
        Protocol protocol = workload.protocol();
        ResultTable table = new ResultTable(result);
        StringBuilder text = new StringBuilder();
        text.append("\n## ")
                .append(question.key())
                .append(": ")
                .append(question.title())
                .append("\n\n");
        text.append(question.text()).append("\n\n");
        text.append("![")
                .append(question.title())
                .append("](performance/")
                .append(question.fileName())
                .append(".svg)\n\n");
        text.append(table.markdown()).append('\n');
        table.goals().forEach(goal -> text.append("- ").append(goal).append('\n'));
        text.append("- measured: ")
                .append(result.rounds())
                .append(" rounds; in each JVM ")
                .append(protocol.warmups());
        text.append(" warm-ups and ")
                .append(protocol.measured())
                .append(" iterations of ")
                .append(protocol.items());
        text.append(" items; heap ").append(protocol.heap()).append(", G1\n");
        if (!table.disk().isEmpty()) {
            text.append("- ").append(table.disk()).append('\n');
        }
        workload.contenders()
                .forEach(contender -> text.append("- `")
                        .append(contender.name())
                        .append("`: ")
                        .append(contender.configuration())
                        .append('\n'));
        return text.toString();
    }
}
