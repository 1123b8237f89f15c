package io.omsbatch.core.internal.switchover;

import static io.omsbatch.core.internal.switchover.AtStep.NOW;
import static io.omsbatch.core.internal.switchover.AtStep.at;
import static org.assertj.core.api.Assertions.assertThat;

import io.omsbatch.api.gateway.GatewayCapabilities;
import io.omsbatch.api.gateway.GatewayCapability;
import io.omsbatch.api.operation.FreezeBudget;
import io.omsbatch.api.outcome.Problem;
import io.omsbatch.api.outcome.ProblemCode;
import io.omsbatch.api.switchover.CutEvidence;
import io.omsbatch.api.switchover.Invariant;
import io.omsbatch.api.switchover.ObjectItem;
import io.omsbatch.api.switchover.PrecheckItem;
import io.omsbatch.api.switchover.StopPoint;
import io.omsbatch.api.switchover.SwitchoverSnapshot;
import io.omsbatch.api.switchover.SyncLinks;
import io.omsbatch.api.switchover.SyncSample;
import io.omsbatch.api.task.Lag;
import io.omsbatch.api.task.Position;
import io.omsbatch.api.task.SwitchoverProgress;
import io.omsbatch.api.task.SwitchoverStep;
import io.omsbatch.core.internal.durable.Settlement;
import io.omsbatch.core.internal.step.CatchUp;
import io.omsbatch.core.internal.step.FreezeTimings;
import io.omsbatch.core.internal.step.Readiness;
import io.omsbatch.core.settings.SwitchoverSettings;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The rules of a switchover's steps")
class StepRulesTest {

    private static final SwitchoverStep PRECHECK = SwitchoverStep.SWITCHOVER_PRECHECK;
    private static final SwitchoverStep WRITES = SwitchoverStep.CONFIRM_WRITES_STOPPED;
    private static final SwitchoverStep SYNCED = SwitchoverStep.CONFIRM_SYNC_TIMESTAMP;
    private static final SwitchoverStep STOP = SwitchoverStep.STOP_FORWARD_SYNC;
    private static final SwitchoverStep REVERSE = SwitchoverStep.START_REVERSE_INCREMENT;
    private static final SwitchoverSettings SETTINGS = SwitchoverSettings.defaults();
    private static final StopPoint STOPPED_AT_100 = new StopPoint(Position.of(100), NOW.minusSeconds(30));

    private static StepRules rules(GatewayCapability... capabilities) {
        return rules(SETTINGS, new FreezeTimings(), capabilities);
    }

    private static StepRules rules(
            SwitchoverSettings settings, FreezeTimings timings, GatewayCapability... capabilities) {
        return new StepRules(
                settings,
                FreezeBudget.reporting(Duration.ofSeconds(10)),
                timings,
                GatewayCapabilities.of(capabilities));
    }

    private static SwitchoverSnapshot shows(SwitchoverStep step, SwitchoverProgress.State state) {
        return SwitchoverSnapshot.at(new SwitchoverProgress(step, state, 1))
                .withLinks(new SyncLinks(SyncLinks.State.RUNNING, SyncLinks.State.ABSENT, Position.of(1)));
    }

    private static SwitchoverSnapshot waiting(SwitchoverStep step) {
        return shows(step, SwitchoverProgress.State.WAITING);
    }

    private static SyncSample sample(long applied, Duration lag, Instant at) {
        return new SyncSample(Position.of(applied), new Lag.Known(lag), at);
    }

    private static Readiness.Kind kind(Readiness readiness) {
        return readiness.kind();
    }

    private static String code(Readiness readiness) {
        Problem problem = readiness.problem();
        return problem == null ? "no problem" : problem.code();
    }

    private static String says(Readiness readiness) {
        Problem problem = readiness.problem();
        return problem == null ? "nothing" : problem.message();
    }

    @Test
    @DisplayName("SW-10: let a lag of at most the tolerance pass the precheck, known and sampled lately")
    void lag() {
        Duration most = SETTINGS.lagTolerance();
        SwitchoverSnapshot at = waiting(PRECHECK);
        assertThat(kind(rules().readiness(at(PRECHECK), at.withSync(sample(1, most, NOW)), NOW)))
                .isEqualTo(Readiness.Kind.GO);
        assertThat(kind(rules().readiness(at(PRECHECK), at.withSync(sample(1, most.plusMillis(1), NOW)), NOW)))
                .isEqualTo(Readiness.Kind.FAIL);
        assertThat(says(rules().readiness(at(PRECHECK), at, NOW))).contains("no sample");
        Instant old = NOW.minus(SETTINGS.maximumSampleAge()).minusMillis(1);
        assertThat(kind(rules().readiness(at(PRECHECK), at.withSync(sample(1, Duration.ZERO, old)), NOW)))
                .isEqualTo(Readiness.Kind.FAIL);
    }

    private static Readiness look(StepRules rules, AtStep view, long applied, int second) {
        SwitchoverSnapshot snapshot = waiting(SYNCED)
                .withStopPoint(STOPPED_AT_100)
                .withSync(sample(applied, Duration.ZERO, NOW.plusSeconds(second)));
        return rules.readiness(view, snapshot, NOW.plusSeconds(second));
    }

    @Test
    @DisplayName(
            "SW-4, SW-10: count distinct samples in a row that reached the write stop, and start anew when one is missing")
    void samples() {
        AtStep view = at(SYNCED);
        for (int second = 1; second < SETTINGS.stableSamples(); second++) {
            assertThat(kind(look(rules(), view, 100, second))).isEqualTo(Readiness.Kind.WAIT);
            assertThat(kind(look(rules(), view, 100, second)))
                    .as("the same sample again")
                    .isEqualTo(Readiness.Kind.WAIT);
        }
        assertThat(kind(look(rules(), view, 100, 10))).isEqualTo(Readiness.Kind.GO);
        assertThat(kind(look(rules(), view, 99, 11))).as("not reached").isEqualTo(Readiness.Kind.WAIT);
        assertThat(view.member().catchUp).isEqualTo(CatchUp.NONE);
        look(rules(), view, 100, 12);
        SwitchoverSnapshot unsampled = waiting(SYNCED).withStopPoint(STOPPED_AT_100);
        assertThat(says(rules().readiness(view, unsampled, NOW))).contains("it has none");
        assertThat(view.member().catchUp).isEqualTo(CatchUp.NONE);
        assertThat(code(rules().readiness(view.after(WRITES), waiting(SYNCED), NOW)))
                .isEqualTo("NOT_SETTLED");
    }

    @Test
    @DisplayName(
            "SW-4: do not believe the platform that the timestamp is confirmed before they have seen it, unless it advances by itself")
    void overTooEarly() {
        SwitchoverSnapshot over = shows(SYNCED, SwitchoverProgress.State.DONE)
                .withStopPoint(STOPPED_AT_100)
                .withSync(sample(100, Duration.ZERO, NOW));
        assertThat(kind(rules().readiness(at(SYNCED), over, NOW))).isEqualTo(Readiness.Kind.WAIT);
        assertThat(kind(rules().readiness(at(SYNCED).skipping(), over, NOW))).isEqualTo(Readiness.Kind.OVER);
        assertThat(kind(rules(GatewayCapability.SELF_ADVANCING).readiness(at(SYNCED), over, NOW)))
                .isEqualTo(Readiness.Kind.OVER);
        assertThat(kind(rules(GatewayCapability.SELF_ADVANCING)
                        .readiness(at(STOP), waiting(STOP).withStopPoint(STOPPED_AT_100), NOW)))
                .isEqualTo(Readiness.Kind.OBSERVE);
        assertThat(kind(rules(GatewayCapability.SELF_ADVANCING)
                        .readiness(at(STOP).after(SYNCED).again(), waiting(STOP).withStopPoint(STOPPED_AT_100), NOW)))
                .as("asked for once more, it is commanded, and so judged")
                .isEqualTo(Readiness.Kind.FAIL);
    }

    @Test
    @DisplayName(
            "SW-6: do not believe the platform that the target store runs before they have seen from where, unless that is waived")
    void storeTooEarly() {
        SwitchoverStep store = SwitchoverStep.START_TARGET_STORE;
        SwitchoverSnapshot over = shows(store, SwitchoverProgress.State.DONE).withLinks(SyncLinks.unknown());
        SwitchoverSnapshot proven =
                over.withLinks(new SyncLinks(SyncLinks.State.RUNNING, SyncLinks.State.ABSENT, Position.of(1)));
        assertThat(kind(rules().readiness(at(store), over, NOW))).isNotEqualTo(Readiness.Kind.OVER);
        assertThat(kind(rules().readiness(at(store), proven, NOW))).isEqualTo(Readiness.Kind.OVER);
        assertThat(kind(rules().readiness(at(store).skipping(), over, NOW))).isEqualTo(Readiness.Kind.OVER);
    }

    @Test
    @DisplayName("SW-4: report a platform that stopped the forward sync by itself before the write stop was reached")
    void stoppedEarly() {
        SwitchoverSnapshot stopped = shows(STOP, SwitchoverProgress.State.DONE)
                .withLinks(new SyncLinks(SyncLinks.State.STOPPED, SyncLinks.State.ABSENT, Position.of(1)))
                .withStopPoint(STOPPED_AT_100)
                .withSync(sample(99, Duration.ZERO, NOW));
        StepRules rules = rules(GatewayCapability.SELF_ADVANCING);
        assertThat(code(rules.readiness(at(STOP), stopped, NOW))).isEqualTo("NOT_CAUGHT_UP");
        assertThat(rules.settlement(at(STOP), stopped).problem()).isNotNull();
        assertThat(rules.settlement(at(STOP).skipping(), stopped).problem()).isNull();
        assertThat(rules().settlement(at(STOP), stopped).problem()).isNull();
    }

    private Readiness stopping(@Nullable StopPoint stop, @Nullable SyncSample sample, AtStep view) {
        return rules().readiness(view, waiting(STOP).withStopPoint(stop).withSync(sample), NOW);
    }

    @Test
    @DisplayName("SW-4: look once more just before the forward sync is stopped")
    void reached() {
        SyncSample there = sample(100, Duration.ZERO, NOW);
        assertThat(kind(stopping(STOPPED_AT_100, there, at(STOP).after(SYNCED))))
                .isEqualTo(Readiness.Kind.GO);
        assertThat(kind(stopping(STOPPED_AT_100, there, at(STOP))))
                .as("one sample, where none was seen before")
                .isEqualTo(Readiness.Kind.WAIT);
        assertThat(says(stopping(STOPPED_AT_100, null, at(STOP).after(SYNCED)))).contains("not sampled");
        assertThat(says(stopping(STOPPED_AT_100, sample(99, Duration.ZERO, NOW), at(STOP).after(SYNCED))))
                .contains("is at 99; it must have reached");
        assertThat(code(stopping(null, there, at(STOP).after(SYNCED)))).isEqualTo("NOT_SETTLED");
        assertThat(kind(stopping(null, null, at(STOP).after(WRITES).waiving(Invariant.CAUGHT_UP))))
                .isEqualTo(Readiness.Kind.GO);
    }

    @Test
    @DisplayName("SW-9: freeze a source only if lag and automatic steps fit into the budget, to the millisecond")
    void fits() {
        FreezeTimings timings = new FreezeTimings();
        timings.add(Duration.ofSeconds(4));
        StepRules rules = rules(SETTINGS, timings);
        SwitchoverSnapshot at = waiting(WRITES);
        assertThat(kind(rules.readiness(at(WRITES), at.withSync(sample(1, Duration.ofSeconds(6), NOW)), NOW)))
                .isEqualTo(Readiness.Kind.GO);
        SwitchoverSnapshot slower = at.withSync(sample(1, Duration.ofMillis(6_001), NOW));
        Readiness held = rules.readiness(at(WRITES), slower, NOW);
        assertThat(code(held)).isEqualTo("FREEZE_PREDICTED");
        assertThat(says(held)).contains("others of the run took 4000 ms", "may last, 10.0 s");
        assertThat(kind(rules.readiness(at(WRITES).waiving(Invariant.FREEZE_FITS), slower, NOW)))
                .isEqualTo(Readiness.Kind.GO);
        Problem blocked = Problem.of(ProblemCode.STEP_FAILED, "no rights");
        assertThat(code(rules.readiness(
                        at(WRITES), at.withEvidence(CutEvidence.none().withReverseBlocked(blocked)), NOW)))
                .isEqualTo("REVERSE_BLOCKED");
    }

    @Test
    @DisplayName("let an application that has changed sides rest as long as the host wants, to the moment")
    void coolDown() {
        StepRules rules = rules(SETTINGS.withCoolDown(Duration.ofHours(1)), new FreezeTimings());
        SwitchoverStep start = SwitchoverStep.START_FORWARD_SWITCHOVER;
        SwitchoverSnapshot second =
                SwitchoverSnapshot.at(new SwitchoverProgress(start, SwitchoverProgress.State.WAITING, 2));
        CutEvidence switched = CutEvidence.none().withSwitchedAt(NOW.minus(Duration.ofHours(1)));
        assertThat(kind(rules.readiness(at(start), second.withEvidence(switched), NOW)))
                .isEqualTo(Readiness.Kind.GO);
        assertThat(code(rules.readiness(at(start), second.withEvidence(switched), NOW.minusMillis(1))))
                .isEqualTo("SWITCHED_LATELY");
        assertThat(says(rules.readiness(at(start), second, NOW))).contains("nobody knows when");
        assertThat(kind(rules.readiness(at(start), waiting(start), NOW)))
                .as("the first round")
                .isEqualTo(Readiness.Kind.GO);
        assertThat(kind(rules.readiness(at(start).waiving(Invariant.COOLED_DOWN), second, NOW)))
                .isEqualTo(Readiness.Kind.GO);
    }

    @Test
    @DisplayName(
            "SW-5: start the reverse increment only where the forward sync was seen quiet, and there is a way back")
    void reverse() {
        SwitchoverSnapshot at = waiting(REVERSE).withStopPoint(STOPPED_AT_100);
        assertThat(code(rules().readiness(at(REVERSE), at, NOW))).isEqualTo("FORWARD_NOT_STOPPED");
        SyncLinks quiet = new SyncLinks(SyncLinks.State.STOPPED, SyncLinks.State.ABSENT, Position.of(1));
        assertThat(kind(rules().readiness(at(REVERSE), at.withLinks(quiet), NOW)))
                .isEqualTo(Readiness.Kind.GO);
        SyncLinks pathless = new SyncLinks(SyncLinks.State.STOPPED, SyncLinks.State.ABSENT, null);
        assertThat(code(rules().readiness(at(REVERSE), at.withLinks(pathless), NOW)))
                .isEqualTo("NO_REVERSE_PATH");
    }

    private static Problem failed(SwitchoverStep step, SwitchoverSnapshot snapshot) {
        Settlement settlement = rules().settlement(at(step), snapshot);
        assertThat(settlement.kind()).isEqualTo(Settlement.Kind.FAILED);
        Problem problem = settlement.problem();
        assertThat(problem).isNotNull();
        return problem;
    }

    @Test
    @DisplayName(
            "tell why a step failed by what the platform shows: blocking checks, its problem, failed objects, or its state")
    void failures() {
        SwitchoverSnapshot check = shows(PRECHECK, SwitchoverProgress.State.FAILED)
                .withPrecheck(List.of(
                        new PrecheckItem("a", PrecheckItem.Severity.PASSED, "fine", "none"),
                        new PrecheckItem("b", PrecheckItem.Severity.BLOCKING, "no rights", "grant them"),
                        new PrecheckItem("c", PrecheckItem.Severity.BLOCKING, "no disk", "")));
        assertThat(failed(PRECHECK, check).code()).isEqualTo("PRECHECK_FAILED");
        assertThat(failed(PRECHECK, check).message()).isEqualTo("no rights; no disk");
        assertThat(failed(PRECHECK, check).remedy()).isEqualTo("grant them");
        SwitchoverStep objects = SwitchoverStep.PROCESS_DATABASE_OBJECTS;
        SwitchoverSnapshot broken = shows(objects, SwitchoverProgress.State.FAILED);
        assertThat(failed(objects, broken).message()).isEqualTo("the platform shows " + broken.progress());
        SwitchoverSnapshot listed = broken.withObjects(List.of(
                new ObjectItem("i1", "index", ObjectItem.State.DONE, "fine"),
                new ObjectItem("i2", "index", ObjectItem.State.FAILED, "no space")));
        assertThat(failed(objects, listed).message()).isEqualTo("i2: no space");
        Problem own = Problem.of(ProblemCode.STEP_FAILED, "the platform's own words");
        assertThat(failed(objects, listed.withProblem(own))).isEqualTo(own);
        assertThat(rules().settlement(at(objects).skipping(), broken).kind()).isEqualTo(Settlement.Kind.GOING);
    }

    @Test
    @DisplayName("RUN-3: see no trace of a command only where its step has not begun")
    void traces() {
        assertThat(rules().settlement(at(STOP), waiting(STOP)).untouched()).isTrue();
        assertThat(rules().settlement(at(STOP), shows(SYNCED, SwitchoverProgress.State.RUNNING))
                        .untouched())
                .isTrue();
        assertThat(rules().settlement(at(STOP), shows(STOP, SwitchoverProgress.State.RUNNING))
                        .untouched())
                .isFalse();
        assertThat(rules().settlement(at(STOP), shows(STOP, SwitchoverProgress.State.DONE))
                        .text())
                .contains("not yet quiet");
    }
}
