package io.omsbatch.api.switchover;

import static org.assertj.core.api.Assertions.assertThat;

import io.omsbatch.api.eligibility.Lane;
import io.omsbatch.api.outcome.Problem;
import io.omsbatch.api.outcome.ProblemCode;
import io.omsbatch.api.task.Lag;
import io.omsbatch.api.task.MigrationType;
import io.omsbatch.api.task.Position;
import io.omsbatch.api.task.SwitchoverDirection;
import io.omsbatch.api.task.SwitchoverProgress;
import io.omsbatch.api.task.SwitchoverStep;
import io.omsbatch.api.task.TaskRef;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@DisplayName("What is known of a task in its switchover")
class SwitchoverValuesTest {

    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final TaskRef TASK = new TaskRef("p", "orders");
    private static final SwitchoverSnapshot SNAPSHOT = SwitchoverSnapshot.at(
            new SwitchoverProgress(SwitchoverStep.SWITCHOVER_PRECHECK, SwitchoverProgress.State.RUNNING, 1));

    @Test
    @DisplayName("is added to part by part, and what was known before stays")
    void addsUp() {
        SyncLinks links = new SyncLinks(SyncLinks.State.RUNNING, SyncLinks.State.ABSENT, Position.of(7));
        StopPoint stop = new StopPoint(Position.of(9), NOW);
        SyncSample sample = new SyncSample(Position.of(8), new Lag.Known(Duration.ofSeconds(2)), NOW);
        List<PrecheckItem> items = List.of(
                new PrecheckItem("a", PrecheckItem.Severity.PASSED, "fine", ""),
                new PrecheckItem("b", PrecheckItem.Severity.BLOCKING, "not fine", "mend it"));
        List<ObjectItem> objects = List.of(new ObjectItem("x", "index x", ObjectItem.State.PENDING, ""));
        CutEvidence evidence = CutEvidence.none().withVerifiedAt(NOW);
        Problem problem = Problem.of(ProblemCode.REPLY_LOST, "no");
        SwitchoverSnapshot all = SNAPSHOT.withLinks(links)
                .withStopPoint(stop)
                .withSync(sample)
                .withPrecheck(items)
                .withObjects(objects)
                .withEvidence(evidence)
                .withProblem(problem);
        assertThat(all)
                .isEqualTo(new SwitchoverSnapshot(
                        SNAPSHOT.progress(), links, stop, sample, items, objects, evidence, problem));
        assertThat(all.blocking()).containsExactly(items.get(1));
        assertThat(stop.toString()).contains("9", NOW.toString());
        assertThat(sample.toString()).contains("2");
    }

    @Test
    @DisplayName("says who writes where")
    void links() {
        SyncLinks links = new SyncLinks(SyncLinks.State.STOPPED, SyncLinks.State.ABSENT, null);
        assertThat(links.withTargetWrites(SyncLinks.TargetWrites.SEEN).targetWrites())
                .isEqualTo(SyncLinks.TargetWrites.SEEN);
        assertThat(links.withSourceGuard(SyncLinks.SourceGuard.SHUT).sourceGuard())
                .isEqualTo(SyncLinks.SourceGuard.SHUT);
        assertThat(links.withSourceGuard(SyncLinks.SourceGuard.SHUT).sourceFree())
                .isFalse();
    }

    @ParameterizedTest
    @EnumSource(SwitchoverAction.class)
    @DisplayName("may be ejected and aborted whatever it is at, and nothing else")
    void atAnyTime(SwitchoverAction action) {
        assertThat(action.atAnyTime()).isEqualTo(action == SwitchoverAction.EJECT || action == SwitchoverAction.ABORT);
    }

    private static String shown(String name, BoardTask.Course course, SwitchoverSnapshot snapshot) {
        StepStanding current = new StepStanding(
                SwitchoverStep.SWITCHOVER_PRECHECK, StepStanding.State.RUNNING, NOW.minusSeconds(12), "its precheck");
        BoardTask task =
                new BoardTask(TASK, name, List.of(current), current, snapshot, course, Set.of(SwitchoverAction.EJECT));
        assertThat(task.toString()).contains("p/orders", "EJECT");
        Lane lane = new Lane(
                1,
                MigrationType.complete(),
                SwitchoverDirection.FORWARD,
                SwitchoverStep.START_FORWARD_SWITCHOVER,
                List.of(TASK));
        return new SwitchoverBoard("run", 3, NOW, List.of(new SwitchoverBoard.LaneBoard(lane, List.of(task)))).render();
    }

    @Test
    @DisplayName(
            "is shown as a row: step, since when, lag, how long its source is frozen, and whether it goes on alone")
    void row() {
        SwitchoverSnapshot sampled =
                SNAPSHOT.withSync(new SyncSample(Position.of(8), new Lag.Known(Duration.ofSeconds(2)), NOW));
        BoardTask.Freeze freeze = new BoardTask.Freeze(NOW.minusSeconds(100), NOW.plusSeconds(200));
        assertThat(shown("orders", new BoardTask.Course(true, freeze), sampled))
                .contains("switchover precheck 12 s, its precheck, " + sampled.sync()
                        + ", frozen 100 s, 200 s left (alone)\n")
                .contains("(board 3)\n");
        BoardTask.Freeze over = new BoardTask.Freeze(NOW.minusSeconds(100), NOW.minusSeconds(5));
        assertThat(shown("orders", new BoardTask.Course(false, over), SNAPSHOT))
                .contains("its precheck, frozen 100 s, 5 s over budget\n");
        BoardTask.Freeze last = new BoardTask.Freeze(NOW.minusSeconds(100), NOW);
        assertThat(shown("orders", new BoardTask.Course(false, last), SNAPSHOT)).contains("100 s, 0 s left\n");
    }

    @Test
    @DisplayName("is cut to the width of its column, and not before")
    void name() {
        assertThat(shown("x".repeat(24), BoardTask.Course.PLAIN, SNAPSHOT)).contains("  " + "x".repeat(24) + " ");
        assertThat(shown("x".repeat(25), BoardTask.Course.PLAIN, SNAPSHOT)).contains("  " + "x".repeat(23) + "… ");
    }
}
