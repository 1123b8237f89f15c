package io.omsbatch.examples.postgres.gateway;

import io.omsbatch.api.gateway.SwitchoverGateway;
import io.omsbatch.api.task.TaskRef;
import io.omsbatch.examples.postgres.fixture.Fixture;
import io.omsbatch.examples.postgres.fixture.Operator;
import io.omsbatch.examples.postgres.server.PostgresVersion;
import io.omsbatch.examples.postgres.task.Going;
import io.omsbatch.examples.postgres.task.Stage;
import io.omsbatch.examples.postgres.task.Status;
import io.omsbatch.examples.postgres.task.TaskState;
import io.omsbatch.examples.postgres.task.Wish;
import io.omsbatch.testkit.contract.SwitchoverBench;
import io.omsbatch.testkit.contract.TaskSetup;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** Disposable shops on real servers, written to all the time once they are in the switchover. */
final class PostgresBench implements SwitchoverBench {
    private static final int ATTEMPTS = 5;

    private final Fixture fixture;
    private final Operator operator;
    private final PostgresGateway gateway;
    private final HeldTable held;

    PostgresBench(PostgresVersion source) {
        this.fixture = new Fixture(source);
        this.operator = fixture.operator();
        this.gateway = new PostgresGateway("postgres", fixture.platform());
        this.held = new HeldTable(fixture.target());
    }

    @Override
    public SwitchoverGateway gateway() {
        return gateway;
    }

    @Override
    public InstantSource clock() {
        return InstantSource.system();
    }

    @Override
    public Optional<TaskRef> create(TaskSetup setup) {
        if (setup == TaskSetup.IN_FULL_VERIFICATION) {
            return Optional.of(gateway.ref(inVerification()));
        }
        String shop = fixture.shop();
        if (setup != TaskSetup.NOT_STARTED) {
            operator.order(shop, Wish.of(Wish.Kind.START));
            operator.awaitReady(List.of(shop));
        }
        if (setup == TaskSetup.STOPPED || setup == TaskSetup.ENDED) {
            operator.order(shop, Wish.of(Wish.Kind.STOP));
            operator.awaitStatus(shop, Status.STOPPED);
        }
        if (setup == TaskSetup.ENDED) {
            operator.order(shop, Wish.of(Wish.Kind.END));
            operator.awaitStatus(shop, Status.ENDED);
        }
        return Optional.of(gateway.ref(shop));
    }

    @Override
    public Optional<TaskRef> enter() {
        String shop = fixture.shop();
        fixture.write(List.of(shop), 20);
        operator.bringToSwitchover(List.of(shop));
        return Optional.of(gateway.ref(shop));
    }

    @Override
    public TaskRef unknown() {
        return gateway.ref("nobody");
    }

    @Override
    public void remove(TaskRef task) {
        held.close();
    }

    @Override
    public Duration settleTime() {
        return Duration.ofSeconds(6);
    }

    @Override
    public void close() {
        held.close();
        fixture.close();
    }

    /** A verification of a small shop is over at once; one of its tables is held on the target so that it is not. */
    private String inVerification() {
        for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
            String shop = fixture.shop();
            operator.order(shop, Wish.of(Wish.Kind.START));
            held.holdOnceCopied(shop);
            operator.awaitStage(shop, Stage.VERIFICATION);
            TaskState state = operator.read(shop).state();
            if (state.going() == Going.RUNNING) {
                return shop;
            }
            held.close();
        }
        throw new IllegalStateException("no task could be held in its verification");
    }
}
