package io.omsbatch.examples.postgres.task;

import static org.assertj.core.api.Assertions.assertThat;

import io.omsbatch.examples.postgres.database.Lsn;
import io.omsbatch.examples.postgres.replication.Direction;
import io.omsbatch.examples.postgres.task.Wish.Kind;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@DisplayName("What a wish does to a task follows from where the task is")
class TaskRulesTest {
    private static final TaskRecord FRESH = TaskRecord.fresh("shop", EnumSet.allOf(Part.class));

    @ParameterizedTest
    @EnumSource(Status.class)
    @DisplayName("a task is started once")
    void start(Status status) {
        Decision decision = TaskRules.decide(in(status), Wish.of(Kind.START));
        switch (status) {
            case NEW -> assertThat(changed(decision).state().status()).isEqualTo(Status.STARTING);
            case STARTING, RUNNING -> assertThat(decision).isInstanceOf(Decision.Nothing.class);
            default -> assertThat(decision).isInstanceOf(Decision.Refusal.class);
        }
    }

    @ParameterizedTest
    @EnumSource(Status.class)
    @DisplayName("only what has nothing on the servers can be forgotten")
    void delete(Status status) {
        Decision decision = TaskRules.decide(in(status), Wish.of(Kind.DELETE));
        assertThat(decision instanceof Decision.Forget)
                .isEqualTo(Set.of(Status.NEW, Status.ENDED).contains(status));
    }

    @ParameterizedTest
    @EnumSource(Status.class)
    @DisplayName("only what does not run can be ended")
    void end(Status status) {
        Decision decision = TaskRules.decide(in(status), Wish.of(Kind.END));
        assertThat(decision instanceof Decision.Change)
                .isEqualTo(
                        Set.of(Status.STOPPED, Status.FAILED, Status.COMPLETED).contains(status));
    }

    @Test
    @DisplayName("the switchover is entered once the last stage before it is over")
    void enter() {
        TaskState running = FRESH.state().with(Status.RUNNING);
        assertThat(TaskRules.decide(
                        FRESH.with(running.at(Stage.VERIFICATION, Going.RUNNING)), Wish.of(Kind.ENTER_SWITCHOVER)))
                .isInstanceOf(Decision.Refusal.class);
        assertThat(TaskRules.decide(
                        FRESH.with(running.at(Stage.INCREMENTAL, Going.MONITORING)), Wish.of(Kind.ENTER_SWITCHOVER)))
                .isInstanceOf(Decision.Refusal.class);
        TaskRecord entered = changed(TaskRules.decide(
                FRESH.with(running.at(Stage.VERIFICATION, Going.SKIPPED)), Wish.of(Kind.ENTER_SWITCHOVER)));
        assertThat(entered.state().switchover()).isEqualTo(new TaskState.AtStep(Step.START, Going.WAITING, null, 1));
    }

    @Test
    @DisplayName("a step is taken in its turn, and once")
    void steps() {
        TaskRecord task = at(Step.PRECHECK, Going.WAITING);
        assertThat(TaskRules.decide(task, Wish.run(Step.START, 1))).isEqualTo(new Decision.Nothing(true));
        assertThat(TaskRules.decide(task, Wish.run(Step.TARGET_STORE, 1))).isInstanceOf(Decision.Refusal.class);
        TaskRecord running = changed(TaskRules.decide(task, Wish.run(Step.PRECHECK, 1)));
        assertThat(TaskRules.decide(running, Wish.run(Step.PRECHECK, 1))).isEqualTo(new Decision.Nothing(false));
        assertThat(TaskRules.decide(running, Wish.skip(Step.PRECHECK, 1))).isInstanceOf(Decision.Refusal.class);
        TaskRecord failed = running.with(running.state().at(Step.PRECHECK, Going.FAILED));
        assertThat(changed(TaskRules.decide(failed, Wish.skip(Step.PRECHECK, 1)))
                        .state()
                        .switchover())
                .isEqualTo(new TaskState.AtStep(Step.TARGET_STORE, Going.WAITING, null, 1));
    }

    @Test
    @DisplayName("without a target store the switchover ends with the objects")
    void noWayBack() {
        TaskRecord over = StepRules.over(at(Step.OBJECTS, Going.RUNNING), Step.OBJECTS);
        assertThat(over.state().status()).isEqualTo(Status.COMPLETED);
        TaskRecord stored = at(Step.OBJECTS, Going.RUNNING).with(Links.none().withStoreStart(new Lsn(1)));
        assertThat(StepRules.over(stored, Step.OBJECTS).state().switchover())
                .isEqualTo(new TaskState.AtStep(Step.REVERSE_STARTED, Going.WAITING, null, 1));
    }

    @Test
    @DisplayName("rounds alternate: forward, back where changes flow back, and forward again once it is verified again")
    void rounds() {
        TaskRecord forward = at(Step.REVERSE_STARTED, Going.RUNNING)
                .with(Links.none().withStoreStart(new Lsn(1)).with(Direction.REVERSE, true));
        assertThat(TaskRules.decide(forward, Wish.of(Kind.ENTER_SWITCH_BACK))).isInstanceOf(Decision.Refusal.class);
        TaskRecord over = StepRules.over(forward, Step.REVERSE_STARTED);
        assertThat(over.state().stage()).isEqualTo(Stage.REVERSE);
        assertThat(over.state().leading()).isEqualTo(Direction.REVERSE);

        TaskRecord back = changed(TaskRules.decide(over, Wish.of(Kind.ENTER_SWITCH_BACK)));
        assertThat(back.state().stage()).isEqualTo(Stage.SWITCH_BACK);
        assertThat(back.state().switchover()).isEqualTo(new TaskState.AtStep(Step.START, Going.WAITING, null, 2));
        assertThat(back.links().storeStart()).isNull();
        assertThat(TaskRules.decide(back, Wish.run(Step.START, 1))).isInstanceOf(Decision.Refusal.class);
        assertThat(TaskRules.decide(back, Wish.undo(Step.START, 3))).isInstanceOf(Decision.Refusal.class);
        assertThat(TaskRules.decide(back, Wish.run(Step.START, 2))).isInstanceOf(Decision.Change.class);

        TaskRecord home = StepRules.over(
                back.with(back.links().withStoreStart(new Lsn(2)).with(Direction.FORWARD, true)), Step.REVERSE_STARTED);
        assertThat(home.state().stage()).isEqualTo(Stage.INCREMENTAL);
        assertThat(home.state().leading()).isEqualTo(Direction.FORWARD);
        assertThat(TaskRules.decide(home, Wish.of(Kind.ENTER_SWITCHOVER))).isInstanceOf(Decision.Refusal.class);
        TaskRecord again = changed(TaskRules.decide(
                home.with(home.state().at(Stage.VERIFICATION, Going.FINISHED)), Wish.of(Kind.ENTER_SWITCHOVER)));
        assertThat(again.state().switchover().round()).isEqualTo(3);
    }

    private static TaskRecord in(Status status) {
        return FRESH.with(FRESH.state().with(status));
    }

    private static TaskRecord at(Step step, Going going) {
        return FRESH.with(FRESH.state().with(Status.RUNNING).inNextRound().at(step, going));
    }

    private static TaskRecord changed(Decision decision) {
        assertThat(decision).isInstanceOf(Decision.Change.class);
        return ((Decision.Change) decision).task();
    }
}
