package io.omsbatch.examples.service;

import static io.omsbatch.examples.service.ServiceFixture.actWhenOffered;
import static io.omsbatch.examples.service.ServiceFixture.created;
import static io.omsbatch.examples.service.ServiceFixture.ready;
import static io.omsbatch.examples.service.ServiceFixture.report;
import static org.assertj.core.api.Assertions.assertThat;

import io.omsbatch.api.engine.BatchEngine;
import io.omsbatch.api.engine.BatchRun;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("A service that is stopped in the middle of a run")
class RestartIT {

    @TempDir
    Path folder;

    @Test
    @DisplayName("goes on with it when it is started again, and does nothing twice")
    void batch() {
        String run;
        try (Service service = Service.start(folder, "--host.platform.order=200ms")) {
            run = service.begin("many", "START", created(service, "many", 500));
            assertThat(service.get("/runs/" + run).get("state")).isEqualTo("RUNNING");
        }
        try (Service service = Service.start(folder)) {
            assertThat(service.bean(BatchEngine.class).runs())
                    .as("runs taken up, because they had not ended")
                    .extracting(BatchRun::id)
                    .containsExactly(run);
            assertThat(report(service, run).map("counts")).isEqualTo(Map.of("SUCCEEDED", 500));
        }
    }

    @Test
    @DisplayName("has the board of a switchover again, and takes it to its end")
    void switchover() {
        String run;
        try (Service service = Service.start(folder)) {
            List<String> jobs = ready(service, "shop", 2);
            report(service, service.begin("enter", "ENTER_FORWARD_SWITCHOVER", jobs));
            run = service.begin("cutover", "FORWARD_SWITCHOVER", jobs);
            actWhenOffered(service, run, "CONFIRM", "START_FORWARD_SWITCHOVER");
        }
        try (Service service = Service.start(folder)) {
            actWhenOffered(service, run, "CONFIRM", "CONFIRM_WRITES_STOPPED");
            actWhenOffered(service, run, "MARK", "PROCESS_DATABASE_OBJECTS");
            actWhenOffered(service, run, "CONFIRM", "START_REVERSE_INCREMENT");
            assertThat(report(service, run).map("counts")).isEqualTo(Map.of("SUCCEEDED", 2));
        }
    }
}
