package io.omsbatch.core.process;

import com.zaxxer.hikari.HikariDataSource;
import io.omsbatch.api.engine.BatchEngine;
import io.omsbatch.api.event.BatchEvent;
import io.omsbatch.api.event.BatchListener;
import io.omsbatch.api.outcome.TaskOutcome;
import io.omsbatch.core.OmsBatch;
import io.omsbatch.core.journal.jdbc.JdbcJournalStore;
import io.omsbatch.core.journal.jdbc.TestDatabase;
import io.omsbatch.core.settings.CallSettings;
import io.omsbatch.core.settings.EngineSettings;
import io.omsbatch.core.settings.GateSettings;
import io.omsbatch.core.settings.LeaseSettings;
import io.omsbatch.core.settings.RetrySettings;
import io.omsbatch.core.settings.SettleSettings;
import io.omsbatch.core.settings.SwitchoverSettings;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;
import org.slf4j.LoggerFactory;

/** A replica in a process of its own, which its parent may kill or freeze whenever it likes. It dies with its parent. */
final class Replica {

    static final Duration CALL_TIMEOUT = Duration.ofMillis(800);
    static final LeaseSettings LEASE =
            new LeaseSettings(Duration.ofMillis(3_400), Duration.ofMillis(300), Duration.ofMillis(3_100));

    private static final Words.Voice OUT = words -> Words.say(System.out, words);

    private Replica() {}

    static EngineSettings settings() {
        return EngineSettings.defaults()
                .withCalls(CallSettings.defaults().withTimeout(CALL_TIMEOUT))
                .withLease(LEASE)
                .withRetry(new RetrySettings(50, Duration.ofMillis(20), Duration.ofMillis(500)))
                .withSettle(new SettleSettings(Duration.ofMinutes(1), Duration.ofMillis(20), Duration.ofMillis(200)))
                .withSwitchover(new SwitchoverSettings(
                        Duration.ofSeconds(25),
                        3,
                        Duration.ofMinutes(1),
                        Duration.ofMinutes(1),
                        null,
                        null,
                        GateSettings.none()))
                .withCloseTimeout(Duration.ofSeconds(2));
    }

    /**
     * Lives.
     *
     * @param arguments what it is told, {@code name=value} each
     */
    public static void main(String[] arguments) {
        Map<String, String> order = Arrays.stream(arguments)
                .map(argument -> argument.split("=", 2))
                .collect(Collectors.toMap(pair -> pair[0], pair -> pair[1]));
        Holds holds = new Holds(order.getOrDefault("hold", ""));
        JournalPlace place = JournalPlace.heard(order);
        try (HikariDataSource rows = TestDatabase.pool(order.getOrDefault("platform", ""), "postgres", "postgres");
                HikariDataSource pool = place.pool();
                JdbcJournalStore journal = place.open(pool)) {
            RowGateway gateway = new RowGateway(
                    rows,
                    Manners.valueOf(order.getOrDefault("manners", "")),
                    Tempo.valueOf(order.getOrDefault("tempo", "USUAL")),
                    holds::pass);
            try (BatchEngine engine = OmsBatch.engine(gateway)
                    .journal(holds.journal(journal))
                    .settings(settings())
                    .listener(teller(OUT))
                    .build()) {
                Clerk clerk = new Clerk(engine, journal, rows, Boolean.parseBoolean(order.get("begins")), OUT);
                listen(holds, clerk);
                engine.recover().forEach(run -> OUT.say("TAKEN", run.id()));
                OUT.say("READY");
                clerk.work();
                holds.awaitWritten();
            }
        }
        OUT.say("LEFT");
    }

    /** Returns a listener that says what is acknowledged. */
    static BatchListener teller(Words.Voice voice) {
        return event -> {
            String run = event.stamp().runId();
            if (event instanceof BatchEvent.TaskEnded ended) {
                TaskOutcome outcome = ended.result().outcome();
                voice.say(
                        "OUTCOME",
                        run,
                        ended.result().ref().id(),
                        outcome.kind().name(),
                        outcome.text());
            } else if (event instanceof BatchEvent.RunEnded) {
                voice.say("ENDED", run);
            }
        };
    }

    /** Does what the parent says; when that is gone, nobody is left to end this process. */
    private static void listen(Holds holds, Clerk clerk) {
        Thread thread = new Thread(
                () -> {
                    try (BufferedReader parent =
                            new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
                        for (String line = parent.readLine(); line != null; line = parent.readLine()) {
                            switch (line) {
                                case "go" -> holds.release();
                                case "finish" -> clerk.finish();
                                default -> throw new IOException("nobody here understands " + line);
                            }
                        }
                    } catch (IOException broken) {
                        LoggerFactory.getLogger(Replica.class).error("The parent cannot be understood", broken);
                    }
                    Runtime.getRuntime().halt(9);
                },
                "parent");
        thread.setDaemon(true);
        thread.start();
    }
}
