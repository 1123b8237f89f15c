package io.omsbatch.examples.postgres.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.omsbatch.api.engine.BatchEngine;
import io.omsbatch.api.engine.Control;
import io.omsbatch.api.engine.SwitchoverWorkflow;
import io.omsbatch.api.event.BatchEvent;
import io.omsbatch.api.event.BatchListener;
import io.omsbatch.api.operation.Actor;
import io.omsbatch.api.operation.BatchOperation;
import io.omsbatch.api.operation.BatchRequest;
import io.omsbatch.api.operation.Lockstep;
import io.omsbatch.api.operation.RunPolicy;
import io.omsbatch.api.outcome.BatchReport;
import io.omsbatch.api.outcome.TaskOutcome;
import io.omsbatch.api.outcome.TaskResult;
import io.omsbatch.api.switchover.BoardTask;
import io.omsbatch.api.switchover.StepStanding;
import io.omsbatch.api.switchover.SwitchoverAction;
import io.omsbatch.api.switchover.SwitchoverBoard;
import io.omsbatch.api.task.TaskRef;
import io.omsbatch.examples.postgres.cutover.Door;
import io.omsbatch.examples.postgres.fixture.Fixture;
import io.omsbatch.examples.postgres.fixture.Troubles;
import io.omsbatch.examples.postgres.gateway.PostgresGateway;
import io.omsbatch.examples.postgres.task.Status;
import io.omsbatch.examples.postgres.task.Wish;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

@DisplayName("Of twelve databases that are switched over together one is slow, one is dead, one comes and goes:")
class TroubledFleetIT {
    private static final Logger LOG = LoggerFactory.getLogger(TroubledFleetIT.class);
    private static final int DATABASES = 12;
    private static final Duration LOOK = Duration.ofMillis(100);
    private static final int LOOKS = 1_800;
    private static final Actor ANN = new Actor("ann");

    /** What came of a fleet, and how long each of its databases took. */
    private record Fleet(BatchReport report, Map<String, Duration> took) {
        TaskOutcome.Kind outcome(String shop) {
            return report.results().stream()
                    .filter(result -> result.ref().id().equals(shop))
                    .map(result -> result.outcome().kind())
                    .findFirst()
                    .orElseThrow();
        }

        Duration slowest(List<String> shops) {
            return shops.stream().map(took::get).max(Duration::compareTo).orElseThrow();
        }

        Duration median(List<String> shops) {
            return shops.stream().map(took::get).sorted().toList().get(shops.size() / 2);
        }
    }

    @Test
    @DisplayName("each has the outcome that is true of it, and the healthy ones do not wait for them")
    void troubled() throws InterruptedException {
        try (Fixture fixture = new Fixture()) {
            List<String> healthy = entered(fixture);
            Fleet without = switchOver(fixture, healthy, Set.of());
            assertThat(without.report.status()).isEqualTo(BatchReport.Status.ALL_SUCCEEDED);
            end(fixture, healthy);

            List<String> shops = entered(fixture);
            String slow = shops.get(1);
            String dead = shops.get(2);
            String flapping = shops.get(3);
            List<String> others = shops.stream()
                    .filter(shop -> !Set.of(slow, dead, flapping).contains(shop))
                    .toList();
            try (Troubles troubles = new Troubles()) {
                troubles.slow(fixture.target(), slow);
                troubles.dead(fixture.target(), dead);
                troubles.flapping(fixture.source(), flapping);
                Fleet with = switchOver(fixture, shops, Set.of(dead));
                print(without, healthy, with, others, slow, flapping);
                assertThat(others)
                        .allSatisfy(shop -> assertThat(with.outcome(shop)).isEqualTo(TaskOutcome.Kind.SUCCEEDED));
                assertThat(with.outcome(slow)).isEqualTo(TaskOutcome.Kind.SUCCEEDED);
                assertThat(with.outcome(flapping)).isEqualTo(TaskOutcome.Kind.SUCCEEDED);
                assertThat(with.outcome(dead)).isEqualTo(TaskOutcome.Kind.LEFT_AT);
                assertThat(with.took.get(dead)).isGreaterThan(with.slowest(others));
            }
            assertThat(new Door(fixture.source(), dead).isShut())
                    .as("the source of the dead one is as it was")
                    .isFalse();
            shops.stream()
                    .filter(shop -> !shop.equals(dead))
                    .forEach(shop -> assertThat(
                                    fixture.platform().verifyStrictly(shop).differences())
                            .as(shop)
                            .isEmpty());
        }
    }

    /** The links of one fleet would be a load on the servers while the other is measured. */
    private static void end(Fixture fixture, List<String> shops) {
        fixture.operator().order(shops, Wish.of(Wish.Kind.STOP));
        fixture.operator().awaitStatus(shops, Status.STOPPED);
        fixture.operator().order(shops, Wish.of(Wish.Kind.END));
        fixture.operator().awaitStatus(shops, Status.ENDED);
    }

    private static List<String> entered(Fixture fixture) {
        List<String> shops = fixture.shops(DATABASES);
        fixture.operator().bringToSwitchover(shops);
        return shops;
    }

    /** Confirms each step of each task as soon as it comes to it, tries again what fails, and gives up what is hopeless. */
    private static Fleet switchOver(Fixture fixture, List<String> shops, Set<String> hopeless)
            throws InterruptedException {
        Map<String, Instant> ended = new ConcurrentHashMap<>();
        CountDownLatch told = new CountDownLatch(1);
        BatchListener listener = event -> {
            if (event instanceof BatchEvent.TaskEnded end) {
                ended.put(end.result().ref().id(), Instant.now());
            } else if (event instanceof BatchEvent.RunEnded) {
                told.countDown();
            }
        };
        PostgresGateway gateway = new PostgresGateway("postgres", fixture.platform());
        List<TaskRef> tasks = shops.stream().map(gateway::ref).toList();
        try (BatchEngine engine = Engines.build(gateway, null, listener)) {
            BatchRequest request = BatchRequest.of("request", ANN, BatchOperation.forwardSwitchover(), tasks)
                    .with(RunPolicy.none().withLockstep(Lockstep.streaming()));
            Instant began = Instant.now();
            SwitchoverWorkflow workflow = engine.switchover(engine.plan(request).confirm(ANN, "window 17"));
            Optional<BatchReport> report = Optional.empty();
            for (int i = 0; i < LOOKS && report.isEmpty(); i++) {
                SwitchoverBoard board = workflow.board();
                board.tasks().forEach(task -> act(workflow, board.version(), task, hopeless));
                report = workflow.await(LOOK);
            }
            assertThat(report).as(workflow.board().render()).isPresent();
            // listeners are told beside the run, so the last task's end may be told after its report is there
            assertThat(told.await(10, TimeUnit.SECONDS)).as("told of the end").isTrue();
            Map<String, Duration> took = new ConcurrentHashMap<>();
            ended.forEach((shop, at) -> took.put(shop, Duration.between(began, at)));
            return new Fleet(report.orElseThrow(), took);
        }
    }

    private static void act(SwitchoverWorkflow workflow, long version, BoardTask task, Set<String> hopeless) {
        StepStanding current = task.current();
        if (current == null) {
            return;
        }
        for (SwitchoverAction action : List.of(
                hopeless.contains(task.ref().id()) ? SwitchoverAction.LEAVE : SwitchoverAction.RETRY,
                SwitchoverAction.MARK,
                SwitchoverAction.CONFIRM)) {
            boolean gives = action == SwitchoverAction.LEAVE && current.state() != StepStanding.State.FAILED;
            if (task.actions().contains(action) && !gives) {
                workflow.act(Control.one(action, current.step(), task.ref(), version, ANN, "seen"));
                return;
            }
        }
    }

    private static void print(
            Fleet without, List<String> healthy, Fleet with, List<String> others, String slow, String flapping) {
        LOG.warn(
                "{} healthy databases: median {} ms, slowest {} ms. With a slow, a dead and a flapping one among them, the"
                        + " other {}: median {} ms, slowest {} ms, which is {} times as long; the slow one {} ms, the flapping"
                        + " one {} ms",
                healthy.size(),
                without.median(healthy).toMillis(),
                without.slowest(healthy).toMillis(),
                others.size(),
                with.median(others).toMillis(),
                with.slowest(others).toMillis(),
                String.format(
                        "%.2f",
                        (double) with.slowest(others).toMillis()
                                / without.slowest(healthy).toMillis()),
                with.took.get(slow).toMillis(),
                with.took.get(flapping).toMillis());
        with.report.results().stream()
                .filter(result -> !result.outcome().successful())
                .map(TaskResult::toString)
                .forEach(LOG::warn);
    }
}
