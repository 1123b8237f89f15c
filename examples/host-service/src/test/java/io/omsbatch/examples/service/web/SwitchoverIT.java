package io.omsbatch.examples.service.web;

import static io.omsbatch.examples.service.ServiceFixture.act;
import static io.omsbatch.examples.service.ServiceFixture.actWhenOffered;
import static io.omsbatch.examples.service.ServiceFixture.created;
import static io.omsbatch.examples.service.ServiceFixture.offered;
import static io.omsbatch.examples.service.ServiceFixture.ready;
import static io.omsbatch.examples.service.ServiceFixture.report;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.omsbatch.examples.service.Service;
import io.omsbatch.examples.service.Service.Reply;
import io.omsbatch.examples.service.platform.Job;
import io.omsbatch.examples.service.platform.MigrationPlatform;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("A forward switchover over HTTP")
class SwitchoverIT {

    @TempDir
    static Path folder;

    private static Service service;

    @BeforeAll
    static void start() {
        service = Service.start(folder);
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    private static String begin(String prefix, List<String> jobs) {
        report(service, service.begin(prefix + " enters", "ENTER_FORWARD_SWITCHOVER", jobs));
        return service.begin(prefix, "FORWARD_SWITCHOVER", jobs);
    }

    private static void accepted(Reply reply) {
        assertThat(reply.status()).as(reply.text()).isEqualTo(200);
    }

    @Test
    @DisplayName("goes through its gates by what the board offers")
    void wholeWay() {
        String run = begin("whole", ready(service, "whole", 3));
        accepted(actWhenOffered(service, run, "CONFIRM", "START_FORWARD_SWITCHOVER"));
        Reply board = offered(service, run, "CONFIRM_WRITES_STOPPED", "CONFIRM");
        long version = board.number("version");
        accepted(act(service, run, "CONFIRM", "CONFIRM_WRITES_STOPPED", version, null));

        Reply doubleClick = act(service, run, "CONFIRM", "CONFIRM_WRITES_STOPPED", version, null);
        assertThat(doubleClick.status()).as(doubleClick.text()).isIn(404, 409);

        accepted(actWhenOffered(service, run, "MARK", "PROCESS_DATABASE_OBJECTS"));
        accepted(actWhenOffered(service, run, "CONFIRM", "START_REVERSE_INCREMENT"));
        assertThat(report(service, run).map("counts")).isEqualTo(Map.of("SUCCEEDED", 3));
    }

    @Test
    @DisplayName("asks twice before a blocked precheck is passed over, and reports who did it")
    void consent() {
        List<String> jobs = ready(service, "blocked", 1);
        MigrationPlatform platform = service.bean(MigrationPlatform.class);
        Job blocked = platform.find(jobs).get(0).withObstacle("the user has no privilege");
        platform.put(blocked);
        String run = begin("blocked", jobs);
        accepted(actWhenOffered(service, run, "CONFIRM", "START_FORWARD_SWITCHOVER"));
        long version = offered(service, run, "SWITCHOVER_PRECHECK", "SKIP").number("version");

        Reply asked = act(service, run, "SKIP", "SWITCHOVER_PRECHECK", version, null);
        assertThat(asked.status()).isEqualTo(428);
        assertThat(asked.get("code")).isEqualTo("CONSENT_NEEDED");
        Reply wrong = act(service, run, "SKIP", "SWITCHOVER_PRECHECK", version, "invented");
        assertThat(wrong.status()).isEqualTo(409);
        assertThat(wrong.get("code")).isEqualTo("WRONG_CONSENT");
        asked = act(service, run, "SKIP", "SWITCHOVER_PRECHECK", version, null);
        accepted(act(service, run, "SKIP", "SWITCHOVER_PRECHECK", version, (String) asked.get("consent")));

        accepted(actWhenOffered(service, run, "CONFIRM", "CONFIRM_WRITES_STOPPED"));
        accepted(actWhenOffered(service, run, "MARK", "PROCESS_DATABASE_OBJECTS"));
        accepted(actWhenOffered(service, run, "CONFIRM", "START_REVERSE_INCREMENT"));
        assertThat(report(service, run).list("waivers"))
                .extracting(waiver -> waiver.get("rule"), waiver -> waiver.get("actor"))
                .containsExactly(tuple("PRECHECK_PASSED", "ann"));
    }

    @Test
    @DisplayName("is taken back by an abort, before its point of no return")
    void abort() {
        String run = begin("aborted", ready(service, "aborted", 2));
        accepted(actWhenOffered(service, run, "CONFIRM", "START_FORWARD_SWITCHOVER"));
        accepted(actWhenOffered(service, run, "CONFIRM", "CONFIRM_WRITES_STOPPED"));
        accepted(actWhenOffered(service, run, "ABORT", "PROCESS_DATABASE_OBJECTS"));
        assertThat(report(service, run).map("counts")).isEqualTo(Map.of("UNDONE", 2));
        assertThat(service.get("/tasks?from=aborted").text()).contains("START_FORWARD_SWITCHOVER:WAITING");
    }

    @Test
    @DisplayName("refuses what the board does not offer, a board that never was, and what names no task")
    void refusals() {
        String run = begin("refused", ready(service, "refused", 1));
        long version =
                offered(service, run, "START_FORWARD_SWITCHOVER", "CONFIRM").number("version");
        Reply skip = act(service, run, "SKIP", "START_FORWARD_SWITCHOVER", version, null);
        assertThat(skip.status()).as(skip.text()).isEqualTo(409);
        Reply future = act(service, run, "CONFIRM", "START_FORWARD_SWITCHOVER", version + 1_000, null);
        assertThat(future.status()).isEqualTo(409);
        assertThat(future.get("code")).isEqualTo("BOARD_CHANGED");
        Reply nobody = service.post(
                "/runs/" + run + "/actions",
                "ann",
                "{\"action\": \"CONFIRM\", \"step\": \"START_FORWARD_SWITCHOVER\", \"boardVersion\": " + version
                        + ", \"reason\": \"x\"}");
        assertThat(nobody.status()).isEqualTo(400);
        assertThat(nobody.get("field")).isEqualTo("tasks");
        accepted(service.post(
                "/runs/" + run + "/actions",
                "ann",
                "{\"action\": \"LEAVE\", \"step\": \"START_FORWARD_SWITCHOVER\", \"tasks\": [\"refused-1\"],"
                        + " \"boardVersion\": " + version + ", \"reason\": \"not today\"}"));
        assertThat(report(service, run).map("counts")).isEqualTo(Map.of("LEFT_AT", 1));
        String plain = service.begin("plain", "START", created(service, "plain", 1));
        assertThat(service.get("/runs/" + plain + "/board").get("code")).isEqualTo("NO_SWITCHOVER");
    }
}
