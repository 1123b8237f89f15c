package io.omsbatch.examples.benchmarks;

import io.omsbatch.examples.benchmarks.frame.Role;
import io.omsbatch.examples.benchmarks.frame.Workload;
import io.omsbatch.examples.benchmarks.jmh.PureParts;
import io.omsbatch.examples.benchmarks.measure.InterleavedRun;
import io.omsbatch.examples.benchmarks.measure.Machine;
import io.omsbatch.examples.benchmarks.measure.Result;
import io.omsbatch.examples.benchmarks.report.PerformancePage;
import io.omsbatch.examples.benchmarks.report.ResultTable;
import io.omsbatch.examples.benchmarks.report.Standing;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Measures workloads, and prints and writes what they gave. */
@Command(
        name = "benchmarks",
        mixinStandardHelpOptions = true,
        description = "Measures this library, hand-written floors and other libraries on the same work.")
public final class Main implements Callable<Integer> {

    private static final int QUICK_WARMUPS = 3;
    private static final int QUICK_MEASURED = 3;

    @Option(names = "--workload", split = ",", description = "Only these, by id (W1) or id and variant; all otherwise.")
    private Set<String> wanted = Set.of();

    @Option(names = "--contender", split = ",", description = "Only these and the reference, by name; all otherwise.")
    private Set<String> contenders = Set.of();

    @Option(names = "--rounds", description = "How many JVMs each contender gets; ${DEFAULT-VALUE} if not said.")
    private int rounds = 2;

    @Option(
            names = "--quick",
            description =
                    "Looks only whether this library is as good beside the reference as it was; exits with 1 if not.")
    private boolean quick;

    @Option(names = "--write", description = "Writes performance.md and its charts into this folder.")
    private @Nullable Path folder;

    @Option(names = "--list", description = "Only lists the workloads and their contenders.")
    private boolean list;

    @Option(names = "--jmh", description = "Measures the pure parts by themselves with JMH instead.")
    private boolean jmh;

    private final PrintStream out = System.out;

    private Main() {}

    /**
     * The program.
     *
     * @param arguments see {@code --help}
     */
    public static void main(String[] arguments) {
        System.exit(new CommandLine(new Main()).execute(arguments));
    }

    @Override
    public Integer call() throws Exception {
        if (jmh) {
            new Runner(new OptionsBuilder()
                            .include(Pattern.quote(PureParts.class.getName()))
                            .build())
                    .run();
            return 0;
        }
        List<Workload> workloads =
                Workloads.all().stream().filter(this::isWanted).map(this::cut).toList();
        if (workloads.isEmpty()) {
            throw new IllegalArgumentException("there is no such workload: " + wanted);
        }
        if (list) {
            workloads.forEach(this::tell);
            return 0;
        }
        Machine machine = Machine.here();
        out.println(machine);
        InterleavedRun run = new InterleavedRun(ForkedMain.class, rounds, line -> out.println("  " + line));
        List<Result> results = new ArrayList<>();
        List<String> complaints = new ArrayList<>();
        for (Workload workload : workloads) {
            Result result = run.measure(workload);
            results.add(result);
            print(result);
            if (quick) {
                complaints.addAll(Gate.complaints(
                        workload,
                        Standing.of(result).stream()
                                .filter(standing -> standing.contender().role() == Role.OURS)
                                .toList()));
            }
        }
        if (folder != null) {
            new PerformancePage(machine, results).write(folder);
        }
        complaints.forEach(out::println);
        return complaints.isEmpty() ? 0 : 1;
    }

    private boolean isWanted(Workload workload) {
        boolean named = wanted.isEmpty()
                || wanted.contains(workload.question().id())
                || wanted.contains(workload.question().key());
        return named && (!quick || Gate.looksAt(workload));
    }

    private Workload cut(Workload workload) {
        if (quick) {
            return workload.withoutOthers()
                    .with(workload.protocol().with(workload.protocol().items(), QUICK_WARMUPS, QUICK_MEASURED));
        }
        return contenders.isEmpty() ? workload : workload.withOnly(contenders);
    }

    private void tell(Workload workload) {
        out.println(workload.question().key() + ": " + workload.question().title());
        workload.contenders()
                .forEach(contender -> out.println("    " + contender.name() + ": " + contender.configuration()));
    }

    private void print(Result result) {
        ResultTable table = new ResultTable(result);
        out.println();
        out.println(result.workload().question().key() + ": "
                + result.workload().question().title());
        out.print(table.text());
        table.goals().forEach(out::println);
        if (!table.disk().isEmpty()) {
            out.println(table.disk());
        }
        out.println();
    }
}
