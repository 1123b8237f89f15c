package io.omsbatch.examples.postgres.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.omsbatch.api.task.SwitchoverStep;
import io.omsbatch.examples.postgres.server.PostgresVersion;
import io.omsbatch.examples.postgres.show.Terminal;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("The example runs from two new servers to the proof")
class DemoIT {
    private final ByteArrayOutputStream shown = new ByteArrayOutputStream();

    @Test
    @DisplayName("six databases under live writes, from 16 to 18")
    void sixDatabases() throws Exception {
        assertThat(run(options(6, 500, 20, null, Course.straight())))
                .as(this::text)
                .isTrue();
        assertThat(text())
                .contains("6 of 6 databases: strict checksums equal")
                .contains("6 of 6 databases: 0 writes lost of ")
                .contains("6 of 6 databases: a row written to the target arrived at its source")
                .contains("8 start reverse increment")
                .contains("Nothing is left: no process, no slot, no folder.")
                .contains("== PROVEN");
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"shop_02:table-without-key", "shop_02:open-transaction"})
    @DisplayName("one database is broken: it fails with its remedy, the others go on, and it follows after the repair")
    void oneBroken(String breakage) throws Exception {
        assertThat(run(new DemoOptions(
                        3,
                        200,
                        10,
                        PostgresVersion.V18,
                        PostgresVersion.V18,
                        Breakage.parse(breakage),
                        null,
                        Course.straight())))
                .as(this::text)
                .isTrue();
        boolean atStart = breakage.endsWith("key");
        assertThat(text())
                .contains(atStart ? "2 succeeded, 1 failed" : "FAILED shop_02 at \"switchover precheck\"")
                .contains(atStart ? "ADD PRIMARY KEY" : "SELECT pg_terminate_backend(")
                .contains(atStart ? "Batch resume: 1 task, 1 succeeded" : "repaired by: ROLLBACK")
                .contains("Batch forward switchover: 3 tasks, 3 succeeded")
                .contains("== PROVEN");
    }

    @Test
    @DisplayName("in waves: the canary fails and pauses the others, is repaired, and all follow")
    void waves() throws Exception {
        assertThat(run(options(
                        4, 200, 10, Breakage.parse("shop_01:open-transaction"), Course.of("1,50%,100%", "2", "", ""))))
                .as(this::text)
                .isTrue();
        assertThat(text())
                .contains("wave 1: 1 task", "wave 2: 1 task", "wave 3: 2 tasks")
                .contains("PAUSED: 1 task failed or is unknown; of wave 1 the budget 0")
                .contains("FAILED shop_01 at \"switchover precheck\"")
                .contains("Batch forward switchover: 4 tasks, 4 succeeded")
                .contains("== PROVEN");
        assertThat(text().indexOf("Step 8, start reverse increment: confirm for 1 task?"))
                .isLessThan(text().lastIndexOf("Step 4, confirm writing stopped at source: confirm for 2 tasks?"));
    }

    @Test
    @DisplayName(
            "a freeze that a long transaction would prolong is undone in time, and the others are switched over (SW-9)")
    void freeze() throws Exception {
        assertThat(run(options(3, 100, 10, Breakage.parse("shop_02:long-transaction"), Course.of("", "", "5s", ""))))
                .as(this::text)
                .isTrue();
        assertThat(text())
                .contains("Broken on purpose: a superuser in shop_02 has written and does not commit")
                .contains("Batch forward switchover: 3 tasks, 2 succeeded, 1 undone")
                .contains("2 of 2 databases: a row written to the target arrived at its source")
                .contains("1 of 1 databases: a row written to the source arrived at its target, so the sync goes on")
                .contains("1 of 1 databases: no slot and no publication of ours on the target")
                .contains("== PROVEN");
    }

    @Test
    @DisplayName(
            "aborted, each at another of the eight steps, the databases are as they were: the sources are written to, the"
                    + " sync goes on, nothing is left (SW-8)")
    void aborted() throws Exception {
        String steps = String.join(",", new StepName.All());
        assertThat(run(options(8, 100, 10, null, Course.of("", "", "", steps))))
                .as(this::text)
                .isTrue();
        for (SwitchoverStep step : SwitchoverStep.inOrder()) {
            assertThat(text()).containsPattern("ABORT shop_0" + step.number() + " at \"");
        }
        assertThat(text())
                .contains("ABORT shop_08 at \"start reverse increment\"")
                .contains("Batch forward switchover: 8 tasks, 1 not attempted, 7 undone")
                .contains("8 of 8 databases: a row written to the source arrived at its target, so the sync goes on")
                .contains("8 of 8 databases: no slot and no publication of ours on the target")
                .contains("8 of 8 databases: strict checksums equal")
                .contains("Nothing is left: no process, no slot, no folder.")
                .contains("== PROVEN");
    }

    @Test
    @DisplayName("as a dry run it shows what it would do, and everything is as it was (PLAN-1)")
    void dryRun() throws Exception {
        assertThat(run(options(3, 100, 10, null, Course.of("1,100%", "", "", "").dry())))
                .as(this::text)
                .isTrue();
        assertThat(text())
                .contains("3 of 3 tasks would take part. Nothing was changed.")
                .contains("Wave 1, lane 1: 1 task")
                .contains("Wave 2, lane 2: 2 tasks")
                .contains("Precheck made for 3 tasks.")
                .contains("3 of 3 databases: a row written to the source arrived at its target, so the sync goes on")
                .contains("3 of 3 databases: no slot and no publication of ours on the target")
                .contains("== PROVEN")
                .doesNotContain("Batch forward switchover:");
    }

    @Test
    @DisplayName(
            "and back again: the application writes on the target, and goes home to its source with the same proof")
    void back() throws Exception {
        assertThat(run(options(3, 100, 10, null, Course.straight().andBack())))
                .as(this::text)
                .isTrue();
        assertThat(text())
                .contains("Batch forward switchover: 3 tasks, 3 succeeded")
                .contains("3 of 3 databases: a row written to the target arrived at its source")
                .contains("Batch enter switch back: 3 tasks, 3 succeeded")
                .contains("Step 4, confirm writing stopped at target: confirm for 3 tasks?")
                .contains("Batch switch back: 3 tasks, 3 succeeded")
                .contains("8 start forward increment")
                .contains("3 of 3 databases: a row written to the source arrived at its target")
                .contains("== PROVEN");
        String home = text().substring(text().indexOf("Proof of the way back"));
        assertThat(home)
                .contains("3 of 3 databases: strict checksums equal")
                .contains("3 of 3 databases: 0 writes lost of ");
    }

    private static DemoOptions options(int tasks, int rows, int rate, @Nullable Breakage breakage, Course course) {
        return new DemoOptions(tasks, rows, rate, PostgresVersion.V16, PostgresVersion.V18, breakage, null, course);
    }

    private boolean run(DemoOptions options) throws InterruptedException {
        return Demo.fresh(options, null, Terminal.plain(new PrintStream(shown, true, StandardCharsets.UTF_8)))
                .run();
    }

    private String text() {
        return shown.toString(StandardCharsets.UTF_8);
    }
}
