package io.omsbatch.examples.cluster.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import io.omsbatch.examples.cluster.database.Database;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The account of the fleet")
class FleetAccountIT {
    private final Database platform = SharedServer.platform();
    private final FleetAccount account = new FleetAccount(platform);

    @BeforeEach
    void doEverythingOnce() {
        platform.update("DELETE FROM effect");
        platform.update("INSERT INTO effect (task_id, step, replica, run_id, token)"
                + " SELECT id, s, 'tester', 'run', 1 FROM task JOIN (VALUES"
                + " (1, 'START_FORWARD_SWITCHOVER', ''), (2, 'SWITCHOVER_PRECHECK', ''),"
                + " (3, 'START_TARGET_STORE', 'REVERSE_INCREMENT'), (4, 'CONFIRM_WRITES_STOPPED', 'INCREMENTAL'),"
                + " (5, 'CONFIRM_SYNC_TIMESTAMP', 'INCREMENTAL'), (6, 'STOP_FORWARD_SYNC', 'INCREMENTAL'),"
                + " (7, 'PROCESS_DATABASE_OBJECTS', ''), (8, 'START_REVERSE_INCREMENT', 'REVERSE_INCREMENT')"
                + ") AS step (n, s, part) ON part = '' OR part = ANY (string_to_array(parts, ','))"
                + " WHERE n >= CASE entry WHEN 'START_TARGET_STORE' THEN 3 WHEN 'CONFIRM_WRITES_STOPPED' THEN 4"
                + " WHEN 'PROCESS_DATABASE_OBJECTS' THEN 7 ELSE 1 END");
    }

    @AfterEach
    void forget() {
        platform.update("DELETE FROM effect");
    }

    @Test
    @DisplayName("doubts nothing when every step of every task was done once")
    void once() {
        FleetAccount.Steps steps = account.steps();
        assertThat(steps.wanted()).as("of two tasks of each kind").isEqualTo(2 * (8 + 6 + 6 + 4 + 3 + 1));
        assertThat(steps.once()).isEqualTo(steps.wanted());
        assertThat(steps.doubts()).isEmpty();
    }

    @Test
    @DisplayName("names a step that was done twice, one that was not done, and one that was not to be done")
    void doubts() {
        did("SWITCHOVER_PRECHECK");
        did("STOP_FORWARD_SYNC");
        platform.update("DELETE FROM effect WHERE task_id = 'complete-new-002' AND step = 'START_TARGET_STORE'");
        assertThat(account.steps().doubts())
                .containsExactlyInAnyOrder(
                        "copy-new-001 SWITCHOVER_PRECHECK was done 2 times",
                        "complete-new-002 START_TARGET_STORE was done 0 times",
                        "copy-new-001 STOP_FORWARD_SYNC was not to be done");
    }

    private void did(String step) {
        platform.update(
                "INSERT INTO effect (task_id, step, replica, run_id, token) VALUES ('copy-new-001', ?, 'tester', 'run', 2)",
                step);
    }
}
