package io.omsbatch.examples.postgres.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.omsbatch.examples.postgres.database.Databases;
import io.omsbatch.examples.postgres.database.Session;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A pair of servers")
class ServerPairIT {

    @Test
    @DisplayName("runs in the wanted versions, with room for the wanted number of links, and leaves nothing behind")
    void lifeTime() {
        ServerPair pair = ServerPair.start(PostgresVersion.V16, PostgresVersion.V18, 50);
        Path folder = pair.folder();
        try (pair;
                Databases source = new Databases(pair.source());
                Databases target = new Databases(pair.target());
                Session from = source.openServer();
                Session to = target.openServer()) {
            assertThat(from.text("SHOW server_version")).startsWith("16.");
            assertThat(to.text("SHOW server_version")).startsWith("18.");
            assertThat(from.text("SHOW max_replication_slots")).isEqualTo("160");
            assertThat(to.text("SHOW max_active_replication_origins")).isEqualTo("160");
            assertThat(to.text("SHOW max_worker_processes")).isEqualTo("168");
            assertThat(to.text("SHOW synchronous_commit")).isEqualTo("on");
            assertThat(folder).isDirectory();
            assertThat(pair.gone()).isFalse();
        }
        assertThat(pair.gone()).isTrue();
        assertThat(folder).doesNotExist();
    }
}
