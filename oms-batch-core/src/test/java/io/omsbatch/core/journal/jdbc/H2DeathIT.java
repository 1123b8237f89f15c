package io.omsbatch.core.journal.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import io.omsbatch.api.gateway.FencingToken;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What deaths of a process would leave of H2's file is made from what was written to it, and opened. The next life begins with one
 * of these files: H2 writes over old pages only in a file that has some.
 */
@DisplayName("A journal in H2 whose process dies at a write, or between two (DUR-1)")
class H2DeathIT {

    private static final Logger LOG = LoggerFactory.getLogger(H2DeathIT.class);
    private static final int LIVES = 4;
    private static final int DEATHS_OF_A_LIFE = 60;
    private static final long LIFE_NANOS = 1_500_000_000;
    private static final String RUN = "run";

    @TempDir
    Path folder;

    private final JdbcJournalSettings settings = TestDatabase.settings();
    private final Random random = new Random(2_026);
    private Set<Long> kept = new HashSet<>();
    private long facts;
    private int deaths;
    private int lost;

    @Test
    @DisplayName("has every fact that it acknowledged")
    void everyAcknowledgedFact() throws IOException, SQLException {
        Path begin = Files.createFile(folder.resolve("begin"));
        for (int life = 0; life < LIVES; life++) {
            die(begin, live(begin));
        }
        LOG.warn("{} facts, {} deaths, {} of them lost something", facts, deaths, lost);
        assertThat(lost)
                .as("deaths of " + deaths + " that lost what was acknowledged")
                .isZero();
    }

    /** Writes facts for a while; returns all that was written to the file, and what was acknowledged when. */
    private List<Object> live(Path begin) throws IOException {
        Path file = folder.resolve("live.mv.db");
        Files.deleteIfExists(file);
        if (Files.size(begin) > 0) {
            WrittenFile.copy(begin, file);
        }
        WrittenFile.begin();
        String url = "jdbc:h2:written:" + folder.resolve("live") + ";WRITE_DELAY=0;RETENTION_TIME=1000";
        try (HikariDataSource pool = TestDatabase.pool(url, "sa", "");
                JdbcJournalStore store = JdbcJournalStore.open(pool, settings)) {
            FencingToken token = store.run(RUN).isPresent() ? new FencingToken(1) : Samples.opened(store, RUN);
            long end = System.nanoTime() + LIFE_NANOS;
            while (System.nanoTime() < end) {
                facts++;
                store.append(RUN, token, List.of(Samples.note("F" + facts)));
                WrittenFile.acknowledge(facts);
            }
            return WrittenFile.happened();
        }
    }

    /** Dies at random places; one of the files that this leaves is what the next life begins with. */
    private void die(Path begin, List<Object> happened) throws IOException, SQLException {
        int first = 0;
        while (kept.isEmpty() && !(happened.get(first) instanceof Long)) {
            first++; // before, there is no run
        }
        TreeSet<Integer> places = new TreeSet<>();
        while (places.size() < DEATHS_OF_A_LIFE) {
            places.add(first + 1 + random.nextInt(happened.size() - first - 1));
        }
        int goesOn = List.copyOf(places).get(random.nextInt(places.size()));
        Path dead = folder.resolve("dead.mv.db");
        Path next = folder.resolve("next");
        Set<Long> acknowledged = new HashSet<>(kept);
        int done = 0;
        for (int place : places) {
            for (; done < place; done++) {
                WrittenFile.write(begin, happened.get(done), false, random);
                if (happened.get(done) instanceof Long fact) {
                    acknowledged.add(fact);
                }
            }
            WrittenFile.copy(begin, dead);
            if (random.nextBoolean()) {
                WrittenFile.write(dead, happened.get(place), true, random);
            }
            if (place == goesOn) {
                WrittenFile.copy(dead, next);
            }
            Set<Long> there = there();
            deaths++;
            lost += there.containsAll(acknowledged) ? 0 : 1;
            if (place == goesOn) {
                kept = there;
            }
        }
        WrittenFile.copy(next, begin);
    }

    private Set<Long> there() throws SQLException {
        Set<Long> there = new HashSet<>();
        try (Connection connection = DriverManager.getConnection(
                        "jdbc:h2:nio:" + folder.resolve("dead") + ";ACCESS_MODE_DATA=r", "sa", "");
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT code FROM " + settings.tablePrefix() + "entry")) {
            while (row.next()) {
                there.add(Long.parseLong(row.getString(1).substring(1)));
            }
        }
        return there;
    }
}
