package io.omsbatch.examples.service.watch;

import static io.omsbatch.examples.service.ServiceFixture.created;
import static io.omsbatch.examples.service.ServiceFixture.report;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.zaxxer.hikari.HikariDataSource;
import io.omsbatch.api.engine.BatchEngine;
import io.omsbatch.examples.service.Service;
import io.omsbatch.examples.service.Service.Reply;
import io.omsbatch.examples.service.engine.EngineLifecycle;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("Those who run the service")
class WatchIT {

    @TempDir
    Path folder;

    @Test
    @DisplayName("see runs, outcomes and commands in its metrics, without an actor")
    void metrics() {
        try (Service service = Service.start(folder)) {
            report(service, service.begin("counted", "START", created(service, "counted", 4)));
            await().atMost(Duration.ofSeconds(10)).until(() -> count(service, "runs.ended?tag=operation:START") == 1);
            assertThat(count(service, "runs.started")).isEqualTo(1);
            assertThat(count(service, "tasks.ended?tag=outcome:SUCCEEDED")).isEqualTo(4);
            assertThat(count(service, "attempts.started?tag=step:START")).isEqualTo(4);
            assertThat(count(service, "runs.duration")).isEqualTo(1);
            assertThat(count(service, "runs?tag=state:ENDED")).isEqualTo(1);
        }
    }

    private static double count(Service service, String metric) {
        Reply reply = service.get("/actuator/metrics/oms.batch." + metric, null);
        return reply.status() == 404
                ? 0
                : ((Number) reply.list("measurements").get(0).get("value")).doubleValue();
    }

    @Test
    @DisplayName("see in its health that the engine runs; the engine is closed before its databases are")
    void health() {
        try (Service service = Service.start(folder)) {
            Reply up = service.get("/actuator/health", null);
            assertThat(up.status()).isEqualTo(200);
            assertThat(up.text()).contains("\"engine\"").contains("\"parkedRuns\":0");
            service.bean(EngineLifecycle.class).stop();
            Reply closed = service.get("/actuator/health", null);
            assertThat(closed.status()).isEqualTo(503);
            assertThat(closed.text()).contains("OUT_OF_SERVICE");
            Reply plan = service.plan("late", "ann", "START", List.of("nobody"));
            assertThat(plan.status()).isEqualTo(503);
            assertThat(plan.get("code")).isEqualTo("ENGINE_CLOSED");
        }
    }

    @Test
    @DisplayName("see that its journal does not answer, and so does whoever asks for something new")
    void journalAway() {
        try (Service service =
                Service.start(folder, "--spring.datasource.hikari.connection-timeout=300", "--host.close-timeout=1s")) {
            created(service, "away", 1);
            Object fingerprint =
                    service.plan("away", "ann", "START", List.of("away-1")).get("fingerprint");
            service.bean(HikariDataSource.class).close();
            Reply health = service.get("/actuator/health", null);
            assertThat(health.status()).isEqualTo(503);
            assertThat(health.text()).contains("UNAVAILABLE");
            Reply run = service.confirm((String) fingerprint, "ann");
            assertThat(run.status()).as(run.text()).isEqualTo(503);
            assertThat((String) run.get("code")).startsWith("JOURNAL_");
            assertThat(service.bean(BatchEngine.class).runs()).isEmpty();
        }
    }
}
