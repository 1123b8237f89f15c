package io.omsbatch.testkit.arbitraries;

import io.omsbatch.api.switchover.BoardTask;
import io.omsbatch.api.switchover.CutEvidence;
import io.omsbatch.api.switchover.ObjectItem;
import io.omsbatch.api.switchover.PrecheckItem;
import io.omsbatch.api.switchover.StepStanding;
import io.omsbatch.api.switchover.StopPoint;
import io.omsbatch.api.switchover.SwitchoverAction;
import io.omsbatch.api.switchover.SwitchoverBoard;
import io.omsbatch.api.switchover.SwitchoverSnapshot;
import io.omsbatch.api.switchover.SyncLinks;
import io.omsbatch.api.switchover.SyncSample;
import io.omsbatch.api.task.SwitchoverStep;
import io.omsbatch.api.task.TaskRef;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/**
 * Random observations of switchovers, and boards that show them.
 *
 * @since 0.1.0
 */
public final class SwitchoverArbitraries {

    private SwitchoverArbitraries() {}

    /** Returns links in any state, whether or not a platform could show them together. */
    public static Arbitrary<SyncLinks> links() {
        return Combinators.combine(
                        Arbitraries.of(SyncLinks.State.class),
                        Arbitraries.of(SyncLinks.State.class),
                        TaskArbitraries.positions().injectNull(0.5),
                        Arbitraries.of(SyncLinks.TargetWrites.class),
                        Arbitraries.of(SyncLinks.SourceGuard.class))
                .as(SyncLinks::new)
                .withoutEdgeCases();
    }

    /** Returns stop points. */
    public static Arbitrary<StopPoint> stopPoints() {
        return Combinators.combine(TaskArbitraries.positions(), TimeArbitraries.times())
                .as(StopPoint::new);
    }

    /** Returns samples of the sync. */
    public static Arbitrary<SyncSample> samples() {
        return Combinators.combine(TaskArbitraries.positions(), TaskArbitraries.lags(), TimeArbitraries.times())
                .as(SyncSample::new)
                .withoutEdgeCases();
    }

    /** Returns findings of a precheck. */
    public static Arbitrary<PrecheckItem> precheckItems() {
        return Combinators.combine(
                        TextArbitraries.ids(),
                        Arbitraries.of(PrecheckItem.Severity.class),
                        TextArbitraries.names(),
                        TextArbitraries.names())
                .as(PrecheckItem::new)
                .withoutEdgeCases();
    }

    /** Returns database objects in any state. */
    public static Arbitrary<ObjectItem> objectItems() {
        return Combinators.combine(
                        TextArbitraries.ids(),
                        TextArbitraries.names(),
                        Arbitraries.of(ObjectItem.State.class),
                        TextArbitraries.names())
                .as(ObjectItem::new)
                .withoutEdgeCases();
    }

    /** Returns evidence for and against a cut. */
    public static Arbitrary<CutEvidence> evidence() {
        return Combinators.combine(
                        TimeArbitraries.times().injectNull(0.4),
                        OutcomeArbitraries.problems().injectNull(0.6),
                        TimeArbitraries.times().injectNull(0.6))
                .as(CutEvidence::new)
                .withoutEdgeCases();
    }

    /** Returns observations with any of their parts, whether or not a platform could show them together. */
    public static Arbitrary<SwitchoverSnapshot> snapshots() {
        return Combinators.combine(
                        TaskArbitraries.progress(),
                        links(),
                        stopPoints().injectNull(0.5),
                        samples().injectNull(0.3),
                        precheckItems().list().ofMaxSize(3),
                        objectItems().list().ofMaxSize(3),
                        evidence(),
                        OutcomeArbitraries.problems().injectNull(0.7))
                .as(SwitchoverSnapshot::new)
                .withoutEdgeCases();
    }

    /** Returns how tasks stand at a step. */
    public static Arbitrary<StepStanding> standings() {
        return Arbitraries.of(SwitchoverStep.inOrder())
                .flatMap(step -> standings(step, Arbitraries.of(StepStanding.State.class)));
    }

    private static Arbitrary<StepStanding> standings(SwitchoverStep step, Arbitrary<StepStanding.State> states) {
        return Combinators.combine(states, TimeArbitraries.times().injectNull(0.3), TextArbitraries.names())
                .as((state, since, waitsFor) -> new StepStanding(step, state, since, waitsFor))
                .withoutEdgeCases();
    }

    /** Returns freezes, of which some are over their budget already. */
    public static Arbitrary<BoardTask.Freeze> freezes() {
        return Combinators.combine(TimeArbitraries.times(), TimeArbitraries.spans())
                .as((since, limit) -> new BoardTask.Freeze(since, since.plus(limit)));
    }

    /** Returns courses, mostly plain. */
    public static Arbitrary<BoardTask.Course> courses() {
        return Combinators.combine(Arbitraries.of(false, false, true), freezes().injectNull(0.6))
                .as(BoardTask.Course::new);
    }

    /** Returns tasks on boards. */
    public static Arbitrary<BoardTask> boardTasks() {
        return PlanArbitraries.lanes()
                .flatMap(lane -> boardTasks(lane.tasks().get(0), lane.type().switchoverSteps(lane.direction())));
    }

    /** One task at one of its steps, with those before it over; or one that has ended. */
    private static Arbitrary<BoardTask> boardTasks(TaskRef ref, List<SwitchoverStep> steps) {
        Arbitrary<List<StepStanding>> rows =
                Arbitraries.integers().between(0, steps.size()).flatMap(at -> row(steps, at));
        return Combinators.combine(
                        rows,
                        TextArbitraries.names(),
                        snapshots().injectNull(0.3),
                        courses(),
                        Arbitraries.of(SwitchoverAction.class).set().ofMaxSize(4))
                .as((row, name, snapshot, course, actions) -> {
                    StepStanding current = row.stream()
                            .filter(standing -> standing.state() != StepStanding.State.DONE)
                            .findFirst()
                            .orElse(null);
                    return new BoardTask(
                            ref, name, row, current, snapshot, course, current == null ? Set.of() : actions);
                })
                .withoutEdgeCases();
    }

    private static Arbitrary<List<StepStanding>> row(List<SwitchoverStep> steps, int at) {
        List<Arbitrary<StepStanding>> row = new ArrayList<>();
        for (int i = 0; i < steps.size(); i++) {
            row.add(standings(
                    steps.get(i),
                    i < at
                            ? Arbitraries.just(StepStanding.State.DONE)
                            : i > at
                                    ? Arbitraries.just(StepStanding.State.PENDING)
                                    : Arbitraries.of(StepStanding.State.class)));
        }
        return Combinators.combine(row).as(List::copyOf);
    }

    /** Returns lanes of boards, with a row for each of their tasks. */
    public static Arbitrary<SwitchoverBoard.LaneBoard> laneBoards() {
        return PlanArbitraries.lanes().flatMap(lane -> {
            List<SwitchoverStep> steps = lane.type().switchoverSteps(lane.direction());
            List<Arbitrary<BoardTask>> tasks =
                    lane.tasks().stream().map(ref -> boardTasks(ref, steps)).toList();
            return Combinators.combine(tasks).as(rows -> new SwitchoverBoard.LaneBoard(lane, List.copyOf(rows)));
        });
    }

    /** Returns boards of one to three lanes. */
    public static Arbitrary<SwitchoverBoard> boards() {
        return Combinators.combine(
                        TextArbitraries.ids(),
                        Arbitraries.of(0L, 1L, 17L, Long.MAX_VALUE),
                        TimeArbitraries.times(),
                        laneBoards().list().ofMaxSize(3))
                .as(SwitchoverBoard::new)
                .withoutEdgeCases();
    }
}
