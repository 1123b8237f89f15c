package io.omsbatch.examples.postgres.drive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.omsbatch.examples.postgres.control.ControlDatabase;
import io.omsbatch.examples.postgres.database.Databases;
import io.omsbatch.examples.postgres.database.Session;
import io.omsbatch.examples.postgres.database.SqlFailure;
import io.omsbatch.examples.postgres.fixture.SharedServers;
import io.omsbatch.examples.postgres.problem.PlatformFailure;
import io.omsbatch.examples.postgres.problem.Problem;
import io.omsbatch.examples.postgres.problem.Waiting;
import io.omsbatch.examples.postgres.server.PostgresVersion;
import io.omsbatch.examples.postgres.server.ServerPair;
import java.time.Duration;
import java.time.InstantSource;
import java.util.UUID;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Of several processes of the platform one leads")
class LeadershipIT {
    private final Candidate first = new Candidate();
    private final Candidate second = new Candidate();

    @AfterEach
    void close() {
        first.close();
        second.close();
    }

    @Test
    @DisplayName("and who follows ends what the one before is at; that one gets no session any more")
    void succession() {
        assertThat(first.leadership.taken()).isTrue();
        assertThat(second.leadership.taken()).isFalse();
        try (Session used = first.guarded.source().openServer();
                Session ofControl =
                        first.control.unless(first.leadership::ensureHeld).open()) {
            second.endLeadOf(first);
            assertThat(second.leadership.taken()).isTrue();

            assertThatThrownBy(() -> used.execute("SELECT 1")).isInstanceOf(SqlFailure.class);
            assertThatThrownBy(() -> ofControl.execute("SELECT 1")).isInstanceOf(SqlFailure.class);
        }
        assertThatThrownBy(() -> first.guarded.target().openServer())
                .isInstanceOf(PlatformFailure.class)
                .hasMessageStartingWith("NOT_LEADER");
        assertThat(first.leadership.taken()).isFalse();
        second.leadership.ensureHeld();
    }

    @Test
    @DisplayName("for as long as it is heard of: one that is frozen loses the lead by itself")
    void silence() {
        assertThat(first.leadership.taken()).isTrue();
        await("the lead of the second", second.leadership::taken);
        assertThat(first.leadership.held()).isFalse();
    }

    private static void await(String what, Supplier<Boolean> look) {
        Waiting.untilTrue(Duration.ofSeconds(15), look, limit -> Problem.of("TEST", what + " did not come", "look"));
    }

    /** What makes a process of the platform. */
    private static final class Candidate implements AutoCloseable {
        private final String name;
        private final Servers servers;
        private final Servers guarded;
        private final ControlDatabase control;
        private final Leadership leadership;

        Candidate() {
            ServerPair pair = SharedServers.from(PostgresVersion.V18);
            this.name = "platform of LeadershipIT " + UUID.randomUUID();
            this.servers = new Servers(
                    new Databases(pair.source(), name), new Databases(pair.target(), name), InstantSource.system());
            this.control = ControlDatabase.on(servers.target());
            this.leadership = new Leadership(name, control, servers);
            this.guarded = servers.unless(leadership::ensureHeld);
        }

        /** As a network does that breaks. */
        void endLeadOf(Candidate other) {
            try (Session session = servers.target().openServer()) {
                session.list(
                        "SELECT pg_terminate_backend(a.pid, 5000) FROM pg_stat_activity a JOIN pg_locks l USING (pid)"
                                + " WHERE l.locktype = 'advisory' AND l.objid = 7101 AND a.application_name = ?",
                        row -> true,
                        other.name);
            }
        }

        @Override
        public void close() {
            leadership.close();
            servers.source().close();
            servers.target().close();
        }
    }
}
