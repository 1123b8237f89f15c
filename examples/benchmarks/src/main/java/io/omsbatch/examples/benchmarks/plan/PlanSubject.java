package io.omsbatch.examples.benchmarks.plan;

import io.omsbatch.api.task.MigrationTask;
import io.omsbatch.api.task.TaskRef;
import io.omsbatch.examples.benchmarks.fleet.Fleet;
import io.omsbatch.examples.benchmarks.fleet.FleetGateway;
import io.omsbatch.examples.benchmarks.frame.Iteration;
import io.omsbatch.examples.benchmarks.frame.Outcomes;
import io.omsbatch.examples.benchmarks.frame.Subject;
import io.omsbatch.examples.benchmarks.frame.WrongOutcomesException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Plans to stop a fleet in which every other task is stopped already. */
final class PlanSubject implements Subject {

    /** Makes plans; kept over iterations. */
    interface Maker extends AutoCloseable {

        /** Makes a plan, and returns all of its tasks that may be stopped, and all that may not. */
        Groups make(List<TaskRef> refs);

        @Override
        default void close() {
            // most have nothing to let go of
        }
    }

    /**
     * What a plan says.
     *
     * @param eligible the tasks that may be stopped
     * @param excluded those that may not
     */
    record Groups(List<MigrationTask> eligible, List<MigrationTask> excluded) {}

    private final FleetGateway gateway;
    private final Maker maker;

    PlanSubject(FleetGateway gateway, Maker maker) {
        this.gateway = gateway;
        this.maker = maker;
    }

    @Override
    public Iteration prepare(int items) {
        Fleet fleet = new Fleet(items);
        gateway.reset(fleet, number -> {});
        for (int number = 1; number < items; number += 2) {
            gateway.stop(number);
        }
        return new PlanIteration(fleet);
    }

    @Override
    public void close() {
        maker.close();
    }

    private final class PlanIteration implements Iteration {

        private final Fleet fleet;
        private @Nullable Groups groups;

        PlanIteration(Fleet fleet) {
            this.fleet = fleet;
        }

        @Override
        public void run() {
            groups = maker.make(fleet.refs());
        }

        @Override
        public void verify() {
            Outcomes outcomes = new Outcomes(fleet.refs().size());
            if (groups != null) {
                groups.eligible.forEach(task -> seen(outcomes, task, 0));
                groups.excluded.forEach(task -> seen(outcomes, task, 1));
            }
            outcomes.verify();
        }

        private static void seen(Outcomes outcomes, MigrationTask task, int remainder) {
            int number = Fleet.number(task.ref());
            if (number % 2 != remainder) {
                throw new WrongOutcomesException(task + " is in the wrong group");
            }
            outcomes.called(number);
            outcomes.succeeded(number);
        }
    }
}
