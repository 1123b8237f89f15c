package io.omsbatch.core.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.omsbatch.core.SwitchoverCells;
import io.omsbatch.testkit.check.Promises;
import io.omsbatch.testkit.fault.FaultKind;
import io.omsbatch.testkit.history.CallKind;
import io.omsbatch.testkit.simulation.Simulator;
import io.omsbatch.testkit.simulation.Tally;
import io.omsbatch.testkit.simulation.Trouble;
import java.util.HashSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

@DisplayName("Processes that die and freeze, journals and platforms that fail, operators at their boards")
class SimulationTest {

    private static final Logger LOG = LoggerFactory.getLogger(SimulationTest.class);
    private static final int SEEDS = Integer.getInteger("simulation.seeds", 10_000);
    private static final long FIRST = Long.getLong("simulation.first", 1);

    @BeforeAll
    static void hush() {
        Hush.engine();
    }

    @AfterAll
    static void speak() {
        Hush.over();
    }

    @Test
    @DisplayName("break no promise, whatever the seed, and 10 000 come to every cell that a task can come to (SW-11)")
    void everySeed() {
        long began = System.nanoTime();
        Tally tally = Simulator.of(new SimulatedCore()).requireUnbroken(FIRST, SEEDS);
        LOG.warn("{}, {} seeds/s", tally, SEEDS * 1_000_000_000L / (System.nanoTime() - began));
        Set<String> cells = new TreeSet<>(SwitchoverCells.reachable());
        cells.removeAll(tally.cells().keySet());
        LOG.warn(
                "cells reached: {} of {}; not reached: {}",
                tally.cells().size(),
                SwitchoverCells.reachable().size(),
                cells);
        assertThat(tally.trials()).isEqualTo(SEEDS);
        if (SEEDS >= 10_000) {
            assertThat(tally.faults().keySet()).as("troubles of every kind").containsAll(troubles());
            assertThat(tally.promises().keySet())
                    .as("promises checked")
                    .containsAll(Promises.checks(true).keySet());
            assertThat(tally.cells().keySet())
                    .as("(step, standing, action) tried; no task can come to\n%s", SwitchoverCells.unreachable())
                    .containsExactlyInAnyOrderElementsOf(SwitchoverCells.reachable());
        }
    }

    /** Every fault that a call in a trial can have but one, against which no engine is safe, and what befalls processes and journals. */
    private static Set<String> troubles() {
        Set<String> all = new HashSet<>(Set.of("crash", "freeze", "freeze that others take over"));
        Stream.of(Trouble.Outage.Failure.values()).forEach(failure -> all.add("journal " + failure));
        Stream.of(CallKind.READ, CallKind.OBSERVE, CallKind.COMMAND, CallKind.STEP)
                .flatMap(call -> FaultKind.of(call).stream())
                .filter(kind -> kind != FaultKind.STOP_POINT_EARLY)
                .forEach(kind -> all.add(kind.name()));
        return all;
    }

    @Test
    @DisplayName("show a host that commands past its engine, by the smallest trial that does")
    void catchesABrokenHost() {
        assertThatThrownBy(() -> Simulator.of(new BypassingHost()).requireUnbroken(1, 50))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("to run it again: Simulator.of(host).run(")
                .hasMessageContaining("RUN-1 is broken: oms/t2 went on after its outcome")
                .hasMessageNotContaining("  trouble ");
    }
}
