package io.omsbatch.examples.postgres;

import io.omsbatch.api.InvalidInputException;
import io.omsbatch.api.task.SwitchoverStep;
import io.omsbatch.examples.postgres.demo.Breakage;
import io.omsbatch.examples.postgres.demo.Course;
import io.omsbatch.examples.postgres.demo.Demo;
import io.omsbatch.examples.postgres.demo.DemoOptions;
import io.omsbatch.examples.postgres.demo.LeftRuns;
import io.omsbatch.examples.postgres.demo.StepName;
import io.omsbatch.examples.postgres.problem.PlatformFailure;
import io.omsbatch.examples.postgres.server.LeftRun;
import io.omsbatch.examples.postgres.server.PostgresVersion;
import io.omsbatch.examples.postgres.show.Terminal;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The command line of the example; ends with 0 only if the switchover was proven. */
@Command(
        name = "postgres-switchover",
        description = "Migrates databases between two real PostgreSQL servers under live writes, takes all of them"
                + " through the forward switchover together, and proves that nothing was lost.")
public final class Main implements Callable<Integer> {
    private static final int PROVEN = 0;
    private static final int NOT_PROVEN = 1;
    private static final List<String> RUN_OPTIONS = List.of(
            "--tasks",
            "--rows",
            "--rate",
            "--fail",
            "--source-version",
            "--target-version",
            "--journal",
            "--waves",
            "--budget",
            "--freeze",
            "--abort-at",
            "--dry-run",
            "--back");

    @Option(names = "--tasks", defaultValue = "6", description = "How many databases, 1 to 200; ${DEFAULT-VALUE}.")
    private int tasks;

    @Option(names = "--rows", defaultValue = "1000", description = "Purchases in each at first; ${DEFAULT-VALUE}.")
    private int rows;

    @Option(names = "--rate", description = "Transactions a second in each; 20, fewer for many databases.")
    private @Nullable Integer rate;

    @Option(names = "--yes", description = "Answer every question with yes.")
    private boolean yes;

    @Option(
            names = "--fail",
            paramLabel = "DB[:KIND]",
            description = "Break one database, such as shop_02: table-without-key (default) or open-transaction.")
    private @Nullable String fail;

    @Option(names = "--source-version", defaultValue = "16", description = "16 or 18; ${DEFAULT-VALUE}.")
    private int sourceVersion;

    @Option(names = "--target-version", defaultValue = "18", description = "16 or 18; ${DEFAULT-VALUE}.")
    private int targetVersion;

    @Option(names = "--plain", description = "Plain lines, even in a terminal.")
    private boolean plain;

    @Option(
            names = "--journal",
            paramLabel = "WHERE",
            description = "Keep the batches in a database, so that --resume can go on after a kill: 'embedded' for one"
                    + " beside the platform's own, or the JDBC address of one of H2, PostgreSQL or MariaDB.")
    private @Nullable String journal;

    @Option(
            names = "--waves",
            defaultValue = "",
            paramLabel = "WAVES",
            description = "Switch over in waves, such as 1,50%%,100%%: one database, then up to half of them, then all."
                    + " A database that fails pauses the switchover.")
    private String waves = "";

    @Option(
            names = "--budget",
            defaultValue = "",
            paramLabel = "FAILURES",
            description = "How many databases may fail before no further one is switched over, such as 2 or 10%%.")
    private String budget = "";

    @Option(
            names = "--freeze",
            defaultValue = "",
            paramLabel = "TIME",
            description =
                    "How long a source may be frozen, such as 5s or 2m; a database that takes longer is taken back by"
                            + " itself.")
    private String freeze = "";

    @Option(
            names = "--abort-at",
            defaultValue = "",
            paramLabel = "STEP",
            description =
                    "Abort each database when it has come to a step of the switchover, and show that it is as it was:"
                            + " the source is written to, the sync goes on, nothing is left on the target. STEP is one of"
                            + " ${COMPLETION-CANDIDATES}.",
            completionCandidates = StepName.All.class)
    private String abortAt = "";

    @Option(
            names = "--dry-run",
            description =
                    "Only show what the switchover would do: which steps in which order, what the prechecks find, how long it"
                            + " would take; and show that nothing was changed.")
    private boolean dryRun;

    @Option(
            names = "--back",
            description =
                    "Afterwards let the application write to the target, then switch it back to the source, with the same"
                            + " proof.")
    private boolean back;

    @Option(
            names = "--kill-at",
            paramLabel = "STEP",
            description = "Kill this process (SIGKILL) in the middle of a step of the switchover, half of the databases"
                    + " told to do it; with --journal or --resume. STEP is one of ${COMPLETION-CANDIDATES}.",
            completionCandidates = StepName.All.class)
    private @Nullable String killAt;

    @Option(
            names = "--resume",
            arity = "0..1",
            fallbackValue = "",
            paramLabel = "FOLDER",
            description = "Go on with the run whose process was killed, as it was told; FOLDER says which, if there are"
                    + " several.")
    private @Nullable String resume;

    @Option(
            names = "--discard",
            arity = "0..1",
            fallbackValue = "",
            paramLabel = "FOLDER",
            description =
                    "End the servers of the run whose process was killed, remove its folder, and do nothing more.")
    private @Nullable String discard;

    @SuppressWarnings("NullAway.Init") // picocli sets it
    @Spec
    private CommandSpec spec;

    @SuppressWarnings("unused") // picocli looks at it
    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this text.")
    private boolean help;

    private Main() {}

    /** Runs the example. */
    public static void main(String[] arguments) {
        int code = commandLine().execute(arguments);
        if (code != PROVEN) {
            System.exit(code);
        }
    }

    static CommandLine commandLine() {
        return new CommandLine(new Main());
    }

    @Override
    public Integer call() throws InterruptedException {
        Terminal terminal = Terminal.ofProcess(!plain && CommandLine.Help.Ansi.AUTO.enabled(), yes);
        try {
            if (discard != null) {
                return discard(discard, terminal);
            }
            return run(demo(terminal), terminal);
        } catch (IllegalArgumentException | InvalidInputException e) {
            spec.commandLine().getErr().println(e.getMessage());
            return CommandLine.ExitCode.USAGE;
        } catch (PlatformFailure e) {
            terminal.say("FAILED " + e.problem().message() + "\n  remedy: "
                    + e.problem().remedy());
            return NOT_PROVEN;
        }
    }

    private Demo demo(Terminal terminal) {
        SwitchoverStep step = killAt == null ? null : StepName.step("--kill-at", killAt);
        if (resume != null) {
            refuseBeside("--resume", RUN_OPTIONS);
            return Demo.resumed(LeftRuns.choose(resume, "--resume"), step, terminal);
        }
        Course course = Course.of(waves, budget, freeze, abortAt);
        DemoOptions options = new DemoOptions(
                tasks,
                rows,
                rate == null ? DemoOptions.modestRate(tasks) : rate,
                PostgresVersion.of(sourceVersion),
                PostgresVersion.of(targetVersion),
                fail == null ? null : Breakage.parse(fail),
                journal,
                back ? course.andBack() : dryRun ? course.dry() : course);
        if (step != null && journal == null) {
            throw new IllegalArgumentException(
                    "--kill-at needs --journal: the journal in memory dies with the process");
        }
        if (step != null && !abortAt.isEmpty()) {
            throw new IllegalArgumentException("--kill-at and --abort-at are two ways to end; leave one out");
        }
        if (dryRun && (step != null || !abortAt.isEmpty())) {
            throw new IllegalArgumentException(
                    "--dry-run takes no step, so leave out " + (step == null ? "--abort-at" : "--kill-at"));
        }
        if (back && (dryRun || !abortAt.isEmpty())) {
            throw new IllegalArgumentException("--back goes back from a switchover that went through, so leave out "
                    + (dryRun ? "--dry-run" : "--abort-at"));
        }
        LeftRuns.report(terminal);
        return Demo.fresh(options, step, terminal);
    }

    private int discard(String folder, Terminal terminal) {
        refuseBeside("--discard", RUN_OPTIONS);
        refuseBeside("--discard", List.of("--resume", "--kill-at"));
        LeftRun left = LeftRuns.choose(folder, "--discard");
        left.discard();
        terminal.say("Thrown away: " + left.folder() + ", and its servers are stopped");
        return PROVEN;
    }

    private static int run(Demo demo, Terminal terminal) throws InterruptedException {
        Thread lastWord = new Thread(() -> interrupted(terminal), "last-word");
        Runtime.getRuntime().addShutdownHook(lastWord);
        try {
            return demo.run() ? PROVEN : NOT_PROVEN;
        } finally {
            forget(lastWord);
        }
    }

    private void refuseBeside(String option, List<String> others) {
        for (String other : others) {
            if (spec.commandLine().getParseResult().hasMatchedOption(other)) {
                throw new IllegalArgumentException(
                        option + " is about a run that was told what to do when it began; leave " + other + " out");
            }
        }
    }

    private static void forget(Thread hook) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // it is running already, which is what it is for
            return;
        }
    }

    /** What fails from now on fails because the servers are going, and nobody wants to read that. */
    private static void interrupted(Terminal terminal) {
        terminal.lastWord("Interrupted: stopping the servers.");
        System.setErr(new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8));
    }
}
