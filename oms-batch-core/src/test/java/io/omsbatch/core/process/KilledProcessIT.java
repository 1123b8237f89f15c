package io.omsbatch.core.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.omsbatch.core.journal.jdbc.PostgresServer;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Both journals and both manners of platform at the same time, in processes of their own. */
@DisplayName("A replica that is killed at any time (DUR-1, DUR-2, DUR-3, RUN-1, RUN-2, RUN-3, RUN-5)")
class KilledProcessIT {

    private static final Logger LOG = LoggerFactory.getLogger(KilledProcessIT.class);

    /** How many kills in all; CONTRIBUTING.md says how long many take. */
    private static final int KILLS = Integer.getInteger("process.kills", 32);

    private static final long SEED = Long.getLong("process.seed", System.nanoTime());

    @Test
    @DisplayName("is followed by one that finishes everything; nothing acknowledged is lost, nothing is done twice")
    void killed() throws Exception {
        LOG.warn("{} kills; -Dprocess.seed={} takes the same lengths of life", KILLS, SEED);
        PostgresServer.sixteen(); // before all need it
        Map<String, Supplier<JournalPlace>> places =
                Map.of("PostgreSQL", JournalPlace::postgres, "H2", JournalPlace::h2);
        Map<String, Future<Survey>> surveys = new LinkedHashMap<>();
        ExecutorService threads = Executors.newCachedThreadPool();
        try {
            long seed = SEED;
            for (Manners manners : Manners.values()) {
                for (Map.Entry<String, Supplier<JournalPlace>> place : places.entrySet()) {
                    long own = seed++;
                    surveys.put(place.getKey() + ", " + manners, threads.submit(() -> {
                        try (KilledReplicas replicas =
                                new KilledReplicas(manners, place.getValue().get(), own)) {
                            return replicas.run(Math.max(1, KILLS / (2 * places.size())));
                        }
                    }));
                }
            }
            for (Map.Entry<String, Future<Survey>> entry : surveys.entrySet()) {
                Survey survey = entry.getValue().get();
                LOG.warn("{}: {}", entry.getKey(), survey.render());
                assertThat(survey.broken()).as(entry.getKey()).isEmpty();
                assertThat(survey.unknown()).as(entry.getKey()).isEmpty();
            }
        } finally {
            threads.shutdownNow();
        }
    }
}
