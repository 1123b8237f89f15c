package io.omsbatch.examples.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.omsbatch.examples.service.platform.Job;
import io.omsbatch.examples.service.platform.JobStage;
import io.omsbatch.examples.service.platform.JobStatus;
import io.omsbatch.examples.service.platform.Life;
import io.omsbatch.examples.service.platform.MigrationPlatform;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** What tests do with a service again and again. */
public final class ServiceFixture {

    private static final Duration LONG = Duration.ofSeconds(30);

    private ServiceFixture() {}

    /** Gives the platform jobs that were never started. */
    public static List<String> created(Service service, String prefix, int number) {
        return put(service, prefix, number, Life.created());
    }

    /** Gives the platform jobs that may enter their cutover. */
    public static List<String> ready(Service service, String prefix, int number) {
        return put(
                service,
                prefix,
                number,
                Life.created().with(JobStatus.ACTIVE).with(JobStage.COMPARE, JobStage.Mark.DONE));
    }

    private static List<String> put(Service service, String prefix, int number, Life life) {
        List<String> ids = new ArrayList<>();
        for (int i = 1; i <= number; i++) {
            ids.add(prefix + "-" + i);
            service.bean(MigrationPlatform.class)
                    .put(Job.created(prefix + "-" + i, prefix + " " + i).with(life));
        }
        return ids;
    }

    /** Waits until a run has ended, and returns its report. */
    public static Service.Reply report(Service service, String run) {
        await().atMost(LONG)
                .until(() -> service.get("/runs/" + run).get("state").equals("ENDED"));
        return service.get("/runs/" + run + "/report");
    }

    /** Waits until all tasks of the lane have come to a step that offers an action, and returns the board. */
    public static Service.Reply offered(Service service, String run, String step, String action) {
        String address = "/runs/" + run + "/board";
        await().atMost(LONG)
                .untilAsserted(() -> assertThat(service.get(address))
                        .as(address)
                        .matches(board -> offers(board, step, action), step + " offers " + action));
        return service.get(address);
    }

    private static boolean offers(Service.Reply board, String step, String action) {
        List<?> tasks = (List<?>) board.list("lanes").get(0).get("tasks");
        return tasks.stream()
                .map(Object::toString)
                .allMatch(task -> task.matches(".*current=\\{step=" + step + ",.*actions=\\[[^\\]]*" + action + ".*"));
    }

    /** Acts on the whole first lane. */
    public static Service.Reply act(
            Service service, String run, String action, String step, long version, String consent) {
        return service.post(
                "/runs/" + run + "/actions",
                "ann",
                "{\"action\": \"" + action + "\", \"step\": \"" + step + "\", \"lane\": 1, \"boardVersion\": " + version
                        + ", \"reason\": \"looked at it\""
                        + (consent == null ? "" : ", \"consent\": \"" + consent + "\"") + "}");
    }

    /** Waits for an action to be offered, and does it. */
    public static Service.Reply actWhenOffered(Service service, String run, String action, String step) {
        long version = offered(service, run, step, action).number("version");
        return act(service, run, action, step, version, null);
    }
}
