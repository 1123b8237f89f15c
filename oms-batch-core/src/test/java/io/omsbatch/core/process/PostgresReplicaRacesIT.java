package io.omsbatch.core.process;

import io.omsbatch.api.journal.JournalStore;
import io.omsbatch.core.journal.jdbc.JdbcJournalSettings;
import io.omsbatch.core.journal.jdbc.JdbcJournalStore;
import io.omsbatch.core.journal.jdbc.PostgresServer;
import io.omsbatch.core.journal.jdbc.TestDatabase;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.DisplayName;

@DisplayName("Two replicas that share a journal in PostgreSQL:")
class PostgresReplicaRacesIT extends ReplicaRaces {

    private final TestDatabase server = PostgresServer.eighteen();
    private final JdbcJournalSettings settings = TestDatabase.settings();

    @Override
    JournalStore journal() {
        return JdbcJournalStore.open(server.source(), settings);
    }

    @Override
    long deadlocks() {
        String sql = "SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()";
        try (Connection connection = server.source().getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getLong(1);
        } catch (SQLException broken) {
            throw new AssertionError(sql, broken);
        }
    }
}
