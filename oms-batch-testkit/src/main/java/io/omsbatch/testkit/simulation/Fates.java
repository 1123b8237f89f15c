package io.omsbatch.testkit.simulation;

import io.omsbatch.testkit.simulation.Trouble.Outage.Failure;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What waits at the boundaries of a trial. Only the thread that has the simulation's baton touches it. */
final class Fates {

    private final Map<Integer, Trouble> waiting = new HashMap<>();
    private int failing;
    private @Nullable Failure failure;
    private final Duration takenOverAfter;
    private final Tally tally;
    private final Path path;

    Fates(List<Trouble> troubles, Duration takenOverAfter, Tally tally, Path path) {
        this.takenOverAfter = takenOverAfter;
        this.tally = tally;
        this.path = path;
        for (Trouble trouble : troubles) {
            if (trouble instanceof Trouble.Crash crash) {
                waiting.put(crash.place(), crash);
            } else if (trouble instanceof Trouble.Freeze freeze) {
                waiting.put(freeze.place(), freeze);
            } else if (trouble instanceof Trouble.Outage outage) {
                waiting.put(outage.place(), outage);
            }
        }
    }

    /** Takes a process over the next boundary. */
    void cross(SimulatedProcess process) {
        Trouble trouble = waiting.remove(path.boundary());
        if (trouble instanceof Trouble.Crash) {
            tally.fault("crash");
            process.die();
        } else if (trouble instanceof Trouble.Freeze freeze) {
            tally.fault(freeze.duration().compareTo(takenOverAfter) < 0 ? "freeze" : "freeze that others take over");
            process.freeze(freeze.duration());
        } else if (trouble instanceof Trouble.Outage outage) {
            failing = outage.calls();
            failure = outage.failure();
        }
    }

    /** Takes down that platform or journal may have been changed. */
    void change() {
        path.change();
    }

    /** Returns how the next call of the journal fails, or null if it does not. */
    @Nullable
    Failure nextFailure() {
        if (failing == 0) {
            return null;
        }
        failing--;
        if (failure != null) {
            tally.fault("journal " + failure);
        }
        return failure;
    }
}
