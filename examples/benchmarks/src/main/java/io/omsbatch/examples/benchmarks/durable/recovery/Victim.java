package io.omsbatch.examples.benchmarks.durable.recovery;

import io.omsbatch.api.engine.BatchEngine;
import io.omsbatch.api.journal.JournalStore;
import io.omsbatch.api.operation.Actor;
import io.omsbatch.api.operation.BatchOperation;
import io.omsbatch.api.operation.BatchRequest;
import io.omsbatch.core.journal.jdbc.JdbcJournalSettings;
import io.omsbatch.core.journal.jdbc.JdbcJournalStore;
import io.omsbatch.examples.benchmarks.durable.store.Database;
import io.omsbatch.examples.benchmarks.fleet.Journals;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** A process that runs a batch, and is killed in the middle of it. */
final class Victim {

    private static final String HALF = "half of the outcomes are in the journal";

    private Victim() {}

    /** Takes the kind of the database, its address, the platform's file, and the number of tasks. */
    public static void main(String[] arguments) throws Exception {
        int items = Integer.parseInt(arguments[3]);
        Database database = Database.at(Database.Kind.valueOf(arguments[0]), arguments[1]);
        FilePlatform platform = new FilePlatform(Path.of(arguments[2]), items);
        platform.fallSilentAfter(items / 2);
        AtomicInteger outcomes = new AtomicInteger();
        JournalStore journal = Journals.tellingOutcomes(
                JdbcJournalStore.open(
                        database.pool(Replica.CONNECTIONS),
                        JdbcJournalSettings.defaults().withCreateTables(true)),
                task -> {
                    if (outcomes.incrementAndGet() == items / 2) {
                        System.out.println(HALF);
                    }
                });
        BatchEngine engine = Replica.engine(platform, journal, items);
        Actor actor = new Actor("ann");
        engine.run(engine.plan(BatchRequest.of(
                                UUID.randomUUID().toString(), actor, BatchOperation.start(), platform.refs()))
                        .confirm(actor, "measured"))
                .await(Replica.PATIENCE);
    }

    /** Lets a process begin a batch, kills it by SIGKILL once half of the outcomes are durable, and waits until its lease is over. */
    static void die(Database.Kind kind, String url, Path platform, int items) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx1g",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Victim.class.getName(),
                        kind.name(),
                        url,
                        platform.toString(),
                        Integer.toString(items))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BufferedReader said =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            String line = said.readLine();
            while (line != null && !line.equals(HALF)) {
                line = said.readLine();
            }
            if (line == null) {
                throw new IllegalStateException("the process ended before half of the outcomes were durable");
            }
        } finally {
            process.destroyForcibly().waitFor();
        }
        TimeUnit.NANOSECONDS.sleep(Replica.LEASE.toNanos());
    }
}
