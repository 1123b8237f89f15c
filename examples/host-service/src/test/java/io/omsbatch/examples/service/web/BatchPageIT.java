package io.omsbatch.examples.service.web;

import static io.omsbatch.examples.service.ServiceFixture.created;
import static io.omsbatch.examples.service.ServiceFixture.report;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.omsbatch.examples.service.Service;
import io.omsbatch.examples.service.Service.Reply;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("The batch page's operations over HTTP")
class BatchPageIT {

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

    @Test
    @DisplayName("list, plan, confirm, run, report: every task has its outcome")
    void wholeWay() {
        List<String> jobs = created(service, "whole", 3);
        assertThat(service.get("/tasks?from=whol&size=2").list("tasks"))
                .extracting(task -> task.get("id"))
                .containsExactly("whole-1", "whole-2");

        Reply plan = service.plan("whole", "ann", "START", List.of("whole-1", "whole-2", "whole-3", "nobody"));
        assertThat(plan.status()).isEqualTo(200);
        Map<String, Object> selection = plan.map("tasks");
        assertThat((List<?>) selection.get("eligible")).hasSize(3);
        assertThat(selection.get("notFound")).isEqualTo(List.of("nobody"));

        Reply run = service.confirm((String) plan.get("fingerprint"), "ann");
        assertThat(run.status()).isEqualTo(202);
        String id = (String) run.get("id");
        assertThat(run.headers().get("location")).containsExactly("/runs/" + id);
        Reply report = report(service, id);
        assertThat(report.map("counts")).containsEntry("SUCCEEDED", 3).containsEntry("NOT_FOUND", 1);
        assertThat(report.map("confirmed")).containsEntry("actor", "ann").containsEntry("reason", "window 17");
        assertThat(service.get("/runs/" + id).list("results")).hasSize(4);
        assertThat(service.get("/runs").list("runs"))
                .extracting(line -> line.get("id"))
                .contains(id);
        assertThat(service.get("/runs/" + id + "/tasks/" + jobs.get(0)).text()).contains("confirmed");
    }

    @Test
    @DisplayName("a plan says why a task does not fit, also that the platform never switches back")
    void ineligible() {
        created(service, "unfit", 1);
        assertThat(service.plan("unfit", "ann", "STOP", List.of("unfit-1")).text())
                .contains("WRONG_STATUS")
                .contains("NOT_STARTED");
        assertThat(service.plan("unfit2", "ann", "ENTER_SWITCH_BACK", List.of("unfit-1"))
                        .text())
                .contains("NO_SWITCH_BACK");
    }

    @Test
    @DisplayName("a second click on confirm leads to the same run")
    void confirmedTwice() {
        created(service, "twice", 1);
        String fingerprint = (String)
                service.plan("twice", "ann", "START", List.of("twice-1")).get("fingerprint");
        Reply first = service.confirm(fingerprint, "ann");
        Reply second = service.confirm(fingerprint, "ann");
        assertThat(second.get("id")).isEqualTo(first.get("id"));
        Reply other = service.plan("twice", "ann", "DELETE", List.of("twice-1"));
        assertThat(other.status()).isEqualTo(409);
        assertThat(other.get("code")).isEqualTo("REQUEST_CONFLICT");
    }

    @Test
    @DisplayName("a run is paused and resumed by the version that was seen; with an old one nothing is done")
    void controls() {
        String run = service.begin("paused", "START", created(service, "paused", 400));
        long version = service.get("/runs/" + run).number("version");
        Reply paused = control(run, "PAUSE", version);
        assertThat(paused.status()).as(paused.text()).isEqualTo(200);
        assertThat(service.get("/runs/" + run).get("state")).isEqualTo("PAUSED");

        Reply again = control(run, "PAUSE", version);
        assertThat(again.status()).isEqualTo(409);
        assertThat(again.get("code")).isEqualTo("RUN_CHANGED");
        Reply early = service.get("/runs/" + run + "/report");
        assertThat(early.status()).isEqualTo(409);
        assertThat(early.get("code")).isEqualTo("NOT_ENDED");

        assertThat(control(run, "RESUME", service.get("/runs/" + run).number("version"))
                        .status())
                .isEqualTo(200);
        assertThat(report(service, run).map("counts")).containsEntry("SUCCEEDED", 400);
    }

    @Test
    @DisplayName("a canceled run reports what was not attempted")
    void cancel() {
        String run = service.begin("canceled", "START", created(service, "canceled", 400));
        assertThat(control(run, "CANCEL", service.get("/runs/" + run).number("version"))
                        .status())
                .isEqualTo(200);
        assertThat(report(service, run).map("counts")).containsKey("NOT_ATTEMPTED");
        assertThat(control(run, "RESUME", service.get("/runs/" + run).number("version"))
                        .status())
                .isEqualTo(409);
    }

    private static Reply control(String run, String action, long version) {
        return service.post(
                "/runs/" + run + "/controls",
                "ann",
                "{\"action\": \"" + action + "\", \"version\": " + version + ", \"reason\": \"a backup\"}");
    }

    @Test
    @DisplayName("who is no operator sees nothing of a plan's tasks, and may neither confirm nor control")
    void denied() {
        List<String> jobs = created(service, "denied", 2);
        Reply plan = service.plan("denied", "eve", "START", jobs);
        assertThat(plan.map("tasks").get("denied")).isEqualTo(jobs);
        Reply confirmed = service.confirm((String) plan.get("fingerprint"), "eve");
        assertThat(confirmed.status()).isEqualTo(403);
        assertThat(confirmed.type()).isEqualTo("application/problem+json");
        String run = service.begin("allowed", "START", jobs);
        Reply controlled = service.post(
                "/runs/" + run + "/controls", "eve", "{\"action\": \"PAUSE\", \"version\": 0, \"reason\": \"x\"}");
        assertThat(controlled.status()).isEqualTo(403);
        Reply removed = service.plan("removed", "ann", "DELETE", jobs);
        assertThat(removed.map("tasks").get("denied")).isEqualTo(jobs);
        report(service, run);
    }

    @Test
    @DisplayName("an alert level is set with the level that the request names")
    void alertLevel() {
        created(service, "alert", 1);
        Reply plan = service.post(
                "/plans",
                "ann",
                "{\"requestId\": \"alert\", \"operation\": \"MODIFY_ALERT_LEVEL\", \"alertLevel\": \"HIGH\","
                        + " \"budget\": \"5%\", \"tasks\": [\"alert-1\"]}");
        report(service, (String)
                service.confirm((String) plan.get("fingerprint"), "ann").get("id"));
        await().atMost(Duration.ofSeconds(5))
                .until(() -> service.get("/tasks?from=aler&size=1").text().contains("HIGH"));
    }
}
