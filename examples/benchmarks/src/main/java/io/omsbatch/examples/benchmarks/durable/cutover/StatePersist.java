package io.omsbatch.examples.benchmarks.durable.cutover;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Map;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.statemachine.StateMachineContext;
import org.springframework.statemachine.StateMachinePersist;
import org.springframework.statemachine.support.DefaultExtendedState;
import org.springframework.statemachine.support.DefaultStateMachineContext;

/** Keeps the state of a machine in a row. */
final class StatePersist implements StateMachinePersist<Integer, String, Integer> {

    private final DataSource pool;

    StatePersist(DataSource pool) {
        this.pool = pool;
    }

    @Override
    public void write(StateMachineContext<Integer, String> context, Integer item) throws SQLException {
        String sql = context.getState() == 1
                ? "INSERT INTO machine_state (state, item, written) VALUES (?, ?, 1)"
                : "UPDATE machine_state SET state = ?, written = written + 1 WHERE item = ?";
        try (Connection connection = pool.getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setInt(1, context.getState());
            statement.setInt(2, item);
            statement.executeUpdate();
        }
    }

    @Override
    public @Nullable StateMachineContext<Integer, String> read(Integer item) throws SQLException {
        try (Connection connection = pool.getConnection();
                PreparedStatement statement =
                        connection.prepareStatement("SELECT state FROM machine_state WHERE item = ?")) {
            statement.setInt(1, item);
            try (ResultSet row = statement.executeQuery()) {
                return row.next()
                        ? new DefaultStateMachineContext<>(row.getInt(1), null, Map.of(), new DefaultExtendedState())
                        : null;
            }
        }
    }
}
