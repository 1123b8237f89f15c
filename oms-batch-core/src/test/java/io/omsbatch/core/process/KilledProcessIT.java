package io.omsbatch.core.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.omsbatch.core.journal.jdbc.PostgresServer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Both journals and both manners of platform at the same time, with replicas in processes of their own. */
@DisplayName("A replica that is killed at any time (DUR-1, DUR-2, DUR-3, RUN-1, RUN-2, RUN-3, RUN-8)")
class KilledProcessIT {

    private static final Logger LOG = LoggerFactory.getLogger(KilledProcessIT.class);

    /** How many kills in all; CONTRIBUTING.md says how long many take. */
    private static final int KILLS = Integer.getInteger("process.kills", 32);

    private static final long SEED = Long.getLong("process.seed", System.nanoTime());

    private static final Map<String, Supplier<JournalPlace>> PLACES =
            Map.of("PostgreSQL", JournalPlace::postgres, "H2", JournalPlace::h2);

    @Test
    @DisplayName("is followed by one that finishes everything; nothing acknowledged is lost, nothing is done twice")
    void killed() throws InterruptedException {
        LOG.warn("{} kills; -Dprocess.seed={} takes the same lengths of life", KILLS, SEED);
        PostgresServer.sixteen(); // before all need it
        List<Callable<Survey>> worlds = new ArrayList<>();
        for (Manners manners : Manners.values()) {
            PLACES.forEach((name, place) -> {
                long seed = SEED + worlds.size();
                worlds.add(() -> {
                    try (KilledReplicas replicas = new KilledReplicas(manners, place.get(), seed)) {
                        Survey survey = replicas.run(Math.max(1, KILLS / (PLACES.size() * Manners.values().length)));
                        LOG.warn("{}, {}: {}", name, manners, survey.render());
                        return survey;
                    }
                });
            });
        }
        List<Survey> surveys = Together.run(worlds);
        assertThat(surveys).flatExtracting(Survey::broken).isEmpty();
        assertThat(surveys).flatExtracting(Survey::unknown).isEmpty();
    }
}
