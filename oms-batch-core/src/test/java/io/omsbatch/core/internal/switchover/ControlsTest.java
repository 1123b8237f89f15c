package io.omsbatch.core.internal.switchover;

import static io.omsbatch.core.internal.run.OneRun.ANN;
import static org.assertj.core.api.Assertions.assertThat;

import io.omsbatch.api.engine.Control;
import io.omsbatch.api.engine.ControlAnswer;
import io.omsbatch.api.engine.ControlAnswer.Refusal;
import io.omsbatch.api.engine.RunState;
import io.omsbatch.api.gateway.CommandContext;
import io.omsbatch.api.gateway.GatewayReply;
import io.omsbatch.api.journal.JournalRecord;
import io.omsbatch.api.operation.RunPolicy;
import io.omsbatch.api.outcome.Problem;
import io.omsbatch.api.outcome.ProblemCode;
import io.omsbatch.api.switchover.SwitchoverAction;
import io.omsbatch.api.task.SwitchoverStep;
import io.omsbatch.api.task.TaskRef;
import io.omsbatch.core.OutageJournal.Fate;
import io.omsbatch.core.internal.durable.Settlement;
import io.omsbatch.core.internal.read.Looked;
import io.omsbatch.core.internal.run.OneRun;
import io.omsbatch.core.internal.run.Phase;
import io.omsbatch.core.internal.run.RunExecution;
import io.omsbatch.core.internal.run.TaskEntry;
import io.omsbatch.core.internal.step.Readiness;
import io.omsbatch.core.internal.step.Sight;
import io.omsbatch.core.internal.step.StepPort;
import io.omsbatch.core.internal.step.StepView;
import io.omsbatch.core.settings.EngineSettings;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("What an operator does to a task")
class ControlsTest {

    private static final SwitchoverStep START = SwitchoverStep.START_FORWARD_SWITCHOVER;

    /** Nothing is looked at or commanded here. */
    private static final StepPort NOTHING = new StepPort() {
        @Override
        public int callsBeforeCommand() {
            return 1;
        }

        @Override
        public Map<TaskRef, Looked<Sight>> look(Set<TaskRef> tasks, boolean beforeCommand, Runnable beforeEach) {
            return Map.of();
        }

        @Override
        public @Nullable GatewayReply command(StepView entry, CommandContext context) {
            return null;
        }

        @Override
        public Readiness readiness(StepView entry, @Nullable Sight sight, Instant now) {
            return Readiness.go();
        }

        @Override
        public Settlement settlement(StepView entry, @Nullable Sight sight) {
            return Settlement.wanted();
        }
    };

    private final OneRun run = OneRun.switchover(EngineSettings.defaults(), RunPolicy.none(), 2);
    private final Controls controls = new Controls(new RunExecution(run.ledger, NOTHING, Map.of()));
    private final TaskEntry entry = run.entry(0);
    private final List<JournalRecord> written = new ArrayList<>();
    private final List<Boolean> busyMeanwhile = new ArrayList<>();

    {
        run.way.script((method, facts) -> {
            written.addAll(facts);
            busyMeanwhile.add(entry.busy());
            return Fate.WORKS;
        });
    }

    @AfterEach
    void close() {
        run.close();
    }

    private ControlAnswer act(SwitchoverAction action) {
        return controls.act(Control.one(action, START, entry.ref(), run.ledger.version(), ANN, "because"), null);
    }

    private static Refusal refused(ControlAnswer answer) {
        assertThat(answer).isInstanceOf(ControlAnswer.Refused.class);
        return ((ControlAnswer.Refused) answer).why();
    }

    private void gated() {
        run.through(entry, Phase.GATED);
    }

    private void looked() {
        run.through(entry, Phase.QUEUED, Phase.PREPARING, Phase.SETTLING);
        entry.hold();
    }

    @Test
    @DisplayName("RUN-12: is refused at another step than the one it is at, and changes nothing")
    void otherStep() {
        gated();
        ControlAnswer answer = controls.act(
                Control.one(
                        SwitchoverAction.CONFIRM,
                        SwitchoverStep.CONFIRM_WRITES_STOPPED,
                        entry.ref(),
                        run.ledger.version(),
                        ANN,
                        "because"),
                null);
        assertThat(refused(answer)).isEqualTo(Refusal.OTHER_STEP);
        assertThat(entry.phase()).isEqualTo(Phase.GATED);
        assertThat(written).isEmpty();
    }

    @Test
    @DisplayName("at rest keeps everybody else from it while that is written, and no longer")
    void atRest() {
        gated();
        assertThat(act(SwitchoverAction.EJECT)).isInstanceOf(ControlAnswer.Accepted.class);
        assertThat(busyMeanwhile).containsExactly(true);
        assertThat(entry.busy()).isFalse();
        assertThat(entry.member().alone()).isTrue();
    }

    @Test
    @DisplayName("in the middle of something leaves it to whoever is about to change it")
    void inTheMiddle() {
        looked();
        assertThat(act(SwitchoverAction.EJECT)).isInstanceOf(ControlAnswer.Accepted.class);
        assertThat(entry.busy()).as("it is being looked at").isTrue();
        assertThat(entry.member().alone()).isTrue();
    }

    @Test
    @DisplayName("in the middle of something that nobody is about to change leaves it free for a look")
    void settling() {
        run.through(entry, Phase.QUEUED, Phase.PREPARING, Phase.SETTLING);
        act(SwitchoverAction.EJECT);
        assertThat(busyMeanwhile).containsExactly(false);
    }

    @Test
    @DisplayName(
            "SEC-4: is written with who did it, why, and what was seen, also where it ends the task or opens its target")
    void saidBy() {
        gated();
        act(SwitchoverAction.LEAVE);
        assertThat(written)
                .extracting(fact -> fact.kind() + " " + fact.code())
                .containsExactly("CONTROL LEAVE", "OUTCOME LEFT_AT");
        assertThat(written.get(0).detail()).isEqualTo(Map.of("actor", "ann", "reason", "because", "board", "0"));
    }

    @Test
    @DisplayName("SEC-4: is written before the point of no return where it opens the target")
    void openTarget() {
        SwitchoverStep objects = SwitchoverStep.PROCESS_DATABASE_OBJECTS;
        entry.startAt(6);
        gated();
        ControlAnswer answer = controls.act(
                Control.one(SwitchoverAction.OPEN_TARGET, objects, entry.ref(), run.ledger.version(), ANN, "because"),
                null);
        assertThat(answer).isInstanceOf(ControlAnswer.Accepted.class);
        assertThat(written)
                .extracting(fact -> fact.kind() + " " + fact.code())
                .containsExactly("CONTROL OPEN_TARGET", "POINT_OF_NO_RETURN PROCESS_DATABASE_OBJECTS");
        assertThat(entry.member().pastReturn).isTrue();
    }

    @Test
    @DisplayName("RUN-3: tries a failed step again under another key")
    void retried() {
        run.through(entry, Phase.QUEUED, Phase.FAILED);
        assertThat(act(SwitchoverAction.RETRY)).isInstanceOf(ControlAnswer.Accepted.class);
        assertThat(entry.round()).isEqualTo(1);
        assertThat(entry.phase()).isEqualTo(Phase.QUEUED);
        assertThat(entry.member().actor).isEqualTo(ANN);
    }

    @Test
    @DisplayName("RUN-12: is refused where it is not open, and changes nothing then")
    void refused() {
        gated();
        assertThat(refused(act(SwitchoverAction.SKIP))).isEqualTo(Refusal.NOT_OFFERED);
        assertThat(refused(act(SwitchoverAction.OPEN_TARGET))).isEqualTo(Refusal.NOT_OFFERED);
        assertThat(refused(controls.act(
                        Control.one(SwitchoverAction.CONFIRM, START, entry.ref(), 1, ANN, "because"), null)))
                .isEqualTo(Refusal.BOARD_CHANGED);
        run.ledger.life().stop(RunState.LOST, Problem.of(ProblemCode.OWNERSHIP_LOST, "another has it"));
        assertThat(refused(act(SwitchoverAction.CONFIRM))).isEqualTo(Refusal.NOT_RUNNING);
        assertThat(entry.phase()).isEqualTo(Phase.GATED);
        assertThat(written).isEmpty();
    }
}
