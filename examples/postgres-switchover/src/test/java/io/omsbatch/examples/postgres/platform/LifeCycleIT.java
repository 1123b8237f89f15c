package io.omsbatch.examples.postgres.platform;

import static org.assertj.core.api.Assertions.assertThat;

import io.omsbatch.examples.postgres.control.Answer;
import io.omsbatch.examples.postgres.fixture.Fixture;
import io.omsbatch.examples.postgres.fixture.Operator;
import io.omsbatch.examples.postgres.replication.Direction;
import io.omsbatch.examples.postgres.task.Going;
import io.omsbatch.examples.postgres.task.Part;
import io.omsbatch.examples.postgres.task.Protection;
import io.omsbatch.examples.postgres.task.Stage;
import io.omsbatch.examples.postgres.task.Status;
import io.omsbatch.examples.postgres.task.Step;
import io.omsbatch.examples.postgres.task.Wish;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A task lives as its commands say")
class LifeCycleIT {
    private final Fixture fixture = new Fixture();
    private final Operator operator = fixture.operator();

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    @DisplayName("stopped means that the worker has left, running that it is back")
    void stopAndResume() {
        String shop = fixture.shop();
        fixture.write(List.of(shop), 50);
        operator.order(shop, Wish.of(Wish.Kind.START));
        operator.awaitReady(List.of(shop));

        operator.order(shop, Wish.of(Wish.Kind.STOP));
        operator.awaitStatus(shop, Status.STOPPED);
        assertThat(fixture.platform().look().quiet(shop, Direction.FORWARD)).isTrue();

        operator.order(shop, Wish.of(Wish.Kind.RESUME));
        operator.awaitStatus(shop, Status.RUNNING);
        assertThat(fixture.platform().look().working(shop, Direction.FORWARD)).isTrue();
    }

    @Test
    @DisplayName("one that is stopped while it copies leaves nothing behind when it ends")
    void endWhileCopying() {
        String shop = fixture.shops(1, 60_000, EnumSet.allOf(Part.class)).get(0);
        operator.order(shop, Wish.of(Wish.Kind.START));
        operator.awaitStage(shop, Stage.FULL);
        operator.order(shop, Wish.of(Wish.Kind.STOP));
        operator.awaitStatus(shop, Status.STOPPED);
        operator.order(shop, Wish.of(Wish.Kind.END));
        operator.awaitStatus(shop, Status.ENDED);
        assertThat(fixture.holds(
                        fixture.source(),
                        shop,
                        "SELECT NOT EXISTS (SELECT FROM pg_replication_slots WHERE database = current_database())"
                                + " AND NOT EXISTS (SELECT FROM pg_publication)"))
                .isTrue();
        operator.order(shop, Wish.of(Wish.Kind.DELETE));
        assertThat(fixture.platform().read(List.of(shop))).isEmpty();
    }

    @Test
    @DisplayName("a command that comes again has no second effect, an outdated owner none at all")
    void commandsAreTakenOnce() {
        String shop = fixture.shop();
        assertThat(operator.ask(shop, Wish.protect(Protection.HIGH), "first", 2).finished())
                .isTrue();
        assertThat(operator.ask(shop, Wish.protect(Protection.LOW), "second", 2).taken())
                .isTrue();
        assertThat(operator.ask(shop, Wish.protect(Protection.HIGH), "first", 2).taken())
                .isTrue();
        assertThat(operator.read(shop).protection()).isEqualTo(Protection.LOW);

        Answer outdated = operator.ask(shop, Wish.protect(Protection.NONE), "third", 1);
        assertThat(outdated.problem().code()).isEqualTo("FENCED");
        assertThat(operator.read(shop).protection()).isEqualTo(Protection.LOW);

        assertThat(operator.ask("nobody", Wish.of(Wish.Kind.START)).problem().code())
                .isEqualTo("NO_SUCH_TASK");
        assertThat(operator.ask(shop, Wish.of(Wish.Kind.RESUME), "fourth", 2)
                        .problem()
                        .message())
                .contains(shop + " is NEW");
    }

    @Test
    @DisplayName("another process goes on with what one left, at any step")
    void anotherProcessGoesOn() {
        String shop = fixture.shop();
        fixture.write(List.of(shop), 30);
        operator.order(shop, Wish.of(Wish.Kind.START));
        fixture.restart();
        fixture.operator().awaitReady(List.of(shop));
        fixture.operator().order(shop, Wish.of(Wish.Kind.ENTER_SWITCHOVER));
        for (Step step : Step.values()) {
            fixture.operator().order(shop, Wish.run(step, 1));
            fixture.restart();
            fixture.operator().await(List.of(shop), task -> {
                var at = task.state().switchover();
                assertThat(task.problem()).isNull();
                return at.step().compareTo(step) > 0 || at.going() == Going.FINISHED;
            });
        }
        assertThat(fixture.platform().verifyStrictly(shop).differences()).isEmpty();
    }

    @Test
    @DisplayName("a task without increments is copied, compared and switched over in the steps that it has")
    void withoutIncrements() {
        String shop = fixture.shops(1, 300, Set.of(Part.SCHEMA, Part.FULL, Part.VERIFICATION))
                .get(0);
        operator.bringToSwitchover(List.of(shop));
        for (Step step : List.of(Step.START, Step.PRECHECK, Step.OBJECTS)) {
            operator.step(List.of(shop), step);
        }
        assertThat(operator.read(shop).state().status()).isEqualTo(Status.COMPLETED);
        assertThat(fixture.platform().verifyStrictly(shop).differences()).isEmpty();
    }

    @Test
    @DisplayName("without a target store there is no way back, and the switchover ends with the objects")
    void withoutTargetStore() {
        String shop = fixture.shop();
        operator.bringToSwitchover(List.of(shop));
        operator.stepsUntil(List.of(shop), Step.PRECHECK);
        operator.order(shop, Wish.skip(Step.TARGET_STORE, 1));
        for (Step step : List.of(Step.WRITES_STOPPED, Step.CAUGHT_UP, Step.FORWARD_STOPPED, Step.OBJECTS)) {
            operator.step(List.of(shop), step);
        }
        assertThat(operator.read(shop).state().status()).isEqualTo(Status.COMPLETED);
    }
}
