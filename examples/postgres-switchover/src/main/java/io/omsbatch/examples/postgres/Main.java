package io.omsbatch.examples.postgres;

import io.omsbatch.examples.postgres.demo.Breakage;
import io.omsbatch.examples.postgres.demo.Demo;
import io.omsbatch.examples.postgres.demo.DemoOptions;
import io.omsbatch.examples.postgres.problem.PlatformFailure;
import io.omsbatch.examples.postgres.server.PostgresVersion;
import io.omsbatch.examples.postgres.show.Terminal;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The command line of the example; ends with 0 only if the switchover was proven. */
@Command(
        name = "postgres-switchover",
        description = "Migrates databases between two real PostgreSQL servers under live writes, takes all of them"
                + " through the forward switchover together, and proves that nothing was lost.")
public final class Main implements Callable<Integer> {
    private static final int PROVEN = 0;
    private static final int NOT_PROVEN = 1;

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

    @SuppressWarnings("unused") // picocli looks at it
    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this text.")
    private boolean help;

    private Main() {}

    /** Runs the example. */
    public static void main(String[] arguments) {
        int code = new CommandLine(new Main()).execute(arguments);
        if (code != PROVEN) {
            System.exit(code);
        }
    }

    @Override
    public Integer call() throws InterruptedException {
        DemoOptions options;
        try {
            options = new DemoOptions(
                    tasks,
                    rows,
                    rate == null ? DemoOptions.modestRate(tasks) : rate,
                    PostgresVersion.of(sourceVersion),
                    PostgresVersion.of(targetVersion),
                    fail == null ? null : Breakage.parse(fail));
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage());
            return CommandLine.ExitCode.USAGE;
        }
        Terminal terminal = Terminal.ofProcess(!plain && CommandLine.Help.Ansi.AUTO.enabled(), yes);
        Thread lastWord = new Thread(() -> interrupted(terminal), "last-word");
        Runtime.getRuntime().addShutdownHook(lastWord);
        try {
            return new Demo(options, terminal).run() ? PROVEN : NOT_PROVEN;
        } catch (PlatformFailure e) {
            terminal.say("FAILED " + e.problem().message() + "\n  remedy: "
                    + e.problem().remedy());
            return NOT_PROVEN;
        } finally {
            forget(lastWord);
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
