package io.omsbatch.examples.benchmarks.durable.cutover;

import io.omsbatch.api.gateway.GatewayCapabilities;
import io.omsbatch.api.gateway.GatewayReply;
import io.omsbatch.api.gateway.StepCommand;
import io.omsbatch.api.gateway.SwitchoverGateway;
import io.omsbatch.api.gateway.TaskCommand;
import io.omsbatch.api.gateway.TaskPage;
import io.omsbatch.api.switchover.StopPoint;
import io.omsbatch.api.switchover.SwitchoverSnapshot;
import io.omsbatch.api.switchover.SyncLinks;
import io.omsbatch.api.switchover.SyncSample;
import io.omsbatch.api.task.Lag;
import io.omsbatch.api.task.MigrationTask;
import io.omsbatch.api.task.Position;
import io.omsbatch.api.task.Stage;
import io.omsbatch.api.task.StageProgress;
import io.omsbatch.api.task.SwitchoverProgress;
import io.omsbatch.api.task.SwitchoverStep;
import io.omsbatch.api.task.TaskRef;
import io.omsbatch.api.task.TaskStatus;
import io.omsbatch.examples.benchmarks.durable.store.Calls;
import io.omsbatch.examples.benchmarks.fleet.Listing;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.jspecify.annotations.Nullable;

/** A platform that is an array of how many steps of its switchover each task has done: a command makes its call and counts. */
final class ArraySwitchover implements SwitchoverGateway {

    static final int STEPS = SwitchoverStep.inOrder().size();

    private static final Position REACHED = Position.of(100);

    private final Calls calls;
    private final List<TaskRef> refs;
    private final AtomicIntegerArray done;
    private final StopPoint stop = new StopPoint(REACHED, Instant.now());

    /** Creates it with a task for each item, all of them at the first step. */
    ArraySwitchover(Calls calls) {
        this.calls = calls;
        this.refs = new ArrayList<>(calls.items());
        this.done = new AtomicIntegerArray(calls.items());
        for (int item = 0; item < calls.items(); item++) {
            refs.add(new TaskRef("array", Integer.toString(item)));
        }
    }

    List<TaskRef> refs() {
        return refs;
    }

    private static int item(TaskRef task) {
        return Integer.parseInt(task.id());
    }

    @Override
    public GatewayCapabilities capabilities() {
        return GatewayCapabilities.of().withMaximumEffectDelay(Duration.ZERO);
    }

    @Override
    public Map<TaskRef, MigrationTask> read(Set<TaskRef> asked) {
        Map<TaskRef, MigrationTask> found = new HashMap<>(asked.size() * 2);
        asked.forEach(ref -> found.put(ref, task(ref)));
        return found;
    }

    private MigrationTask task(TaskRef ref) {
        return MigrationTask.builder(ref)
                .status(TaskStatus.RUNNING)
                .stage(Stage.FORWARD_SWITCHOVER, StageProgress.State.MONITORING)
                .switchover(progress(done.get(item(ref))))
                .build();
    }

    private static SwitchoverProgress progress(int steps) {
        return steps == 0
                ? new SwitchoverProgress(SwitchoverStep.START_FORWARD_SWITCHOVER, SwitchoverProgress.State.WAITING)
                : new SwitchoverProgress(SwitchoverStep.inOrder().get(steps - 1), SwitchoverProgress.State.DONE);
    }

    @Override
    public TaskPage list(@Nullable String from, int size) {
        return Listing.page(from, size, refs.size(), item -> task(refs.get(item)));
    }

    @Override
    public Map<TaskRef, SwitchoverSnapshot> observe(Set<TaskRef> asked) {
        SyncSample now = new SyncSample(REACHED, new Lag.Known(Duration.ZERO), Instant.now());
        Map<TaskRef, SwitchoverSnapshot> found = new HashMap<>(asked.size() * 2);
        asked.forEach(ref -> found.put(ref, snapshot(done.get(item(ref)), now)));
        return found;
    }

    private SwitchoverSnapshot snapshot(int steps, SyncSample sample) {
        SyncLinks links = new SyncLinks(
                over(steps, SwitchoverStep.STOP_FORWARD_SYNC) ? SyncLinks.State.STOPPED : SyncLinks.State.RUNNING,
                over(steps, SwitchoverStep.START_REVERSE_INCREMENT) ? SyncLinks.State.RUNNING : SyncLinks.State.ABSENT,
                over(steps, SwitchoverStep.START_TARGET_STORE) ? REACHED : null);
        return SwitchoverSnapshot.at(progress(steps))
                .withLinks(links)
                .withStopPoint(over(steps, SwitchoverStep.CONFIRM_WRITES_STOPPED) ? stop : null)
                .withSync(sample);
    }

    private static boolean over(int steps, SwitchoverStep step) {
        return steps >= step.number();
    }

    @Override
    public GatewayReply command(StepCommand command) {
        int item = item(command.task());
        int step = command.step().number();
        if (command.action() != StepCommand.Action.RUN) {
            return GatewayReply.refused("RUN_ONLY", "no step is skipped or undone here", "");
        }
        calls.call(item, step);
        return done.compareAndSet(item, step - 1, step)
                ? GatewayReply.done()
                : GatewayReply.refused("OTHER_STEP", "the task has done " + done.get(item) + " steps", "");
    }

    @Override
    public GatewayReply command(TaskCommand command) {
        return GatewayReply.refused("SWITCHOVER_ONLY", "the tasks of this platform only switch over", "");
    }
}
