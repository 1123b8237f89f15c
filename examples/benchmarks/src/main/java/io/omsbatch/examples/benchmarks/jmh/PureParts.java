package io.omsbatch.examples.benchmarks.jmh;

import io.omsbatch.api.eligibility.EligibilityPolicy;
import io.omsbatch.api.eligibility.Lane;
import io.omsbatch.api.eligibility.LaneRule;
import io.omsbatch.api.eligibility.Verdict;
import io.omsbatch.api.operation.Actor;
import io.omsbatch.api.operation.BatchOperation;
import io.omsbatch.api.operation.BatchRequest;
import io.omsbatch.api.operation.Wave;
import io.omsbatch.api.operation.Waves;
import io.omsbatch.api.plan.BatchPlan;
import io.omsbatch.api.task.MigrationTask;
import io.omsbatch.api.task.MigrationType;
import io.omsbatch.api.task.Stage;
import io.omsbatch.api.task.StageProgress;
import io.omsbatch.api.task.SwitchoverProgress;
import io.omsbatch.api.task.SwitchoverStep;
import io.omsbatch.api.task.TaskRef;
import io.omsbatch.api.task.TaskStatus;
import io.omsbatch.core.plan.Planner;
import io.omsbatch.core.plan.Seen;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/** What a verdict, a lane, a wave and a plan cost for each task, in nanoseconds. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class PureParts {

    private static final int TASKS = 10_000;
    private static final long SEED = 4711;

    private final List<MigrationTask> tasks = new ArrayList<>();
    private final Map<TaskRef, Seen> seen = new HashMap<>();
    private final EligibilityPolicy policy = EligibilityPolicy.documented();
    private final BatchOperation operation = BatchOperation.forwardSwitchover();
    private final Planner planner = new Planner(policy, Duration.ofMinutes(10), Set.of(), true);
    private final Waves waves = Waves.parse("1%, 10%, 50%");
    private final BatchRequest request;

    /** Makes tasks of all types that stand at two steps of their switchover. */
    public PureParts() {
        Random random = new Random(SEED);
        List<MigrationType> types = MigrationType.all();
        for (int i = 0; i < TASKS; i++) {
            SwitchoverStep step = random.nextBoolean()
                    ? SwitchoverStep.START_FORWARD_SWITCHOVER
                    : SwitchoverStep.PROCESS_DATABASE_OBJECTS;
            MigrationTask task = MigrationTask.builder(new TaskRef("fleet", "t" + i))
                    .status(random.nextInt(4) == 0 ? TaskStatus.STOPPED : TaskStatus.RUNNING)
                    .type(types.get(random.nextInt(types.size())))
                    .stage(Stage.FORWARD_SWITCHOVER, StageProgress.State.RUNNING)
                    .switchover(new SwitchoverProgress(step, SwitchoverProgress.State.WAITING))
                    .build();
            tasks.add(task);
            seen.put(task.ref(), Seen.task(task));
        }
        request = BatchRequest.of(
                "request",
                new Actor("benchmark"),
                operation,
                tasks.stream().map(MigrationTask::ref).toList());
    }

    /**
     * Judges tasks.
     *
     * @param sink takes the verdicts
     */
    @Benchmark
    @OperationsPerInvocation(TASKS)
    public void judge(Blackhole sink) {
        for (MigrationTask task : tasks) {
            sink.consume(policy.judge(task, operation));
        }
    }

    /**
     * Judges tasks and has each refusal explained.
     *
     * @param sink takes the reasons
     */
    @Benchmark
    @OperationsPerInvocation(TASKS)
    public void judgeAndExplain(Blackhole sink) {
        for (MigrationTask task : tasks) {
            Verdict verdict = policy.judge(task, operation);
            sink.consume(verdict.reasons());
        }
    }

    /** Puts tasks into lanes, which it returns. */
    @Benchmark
    @OperationsPerInvocation(TASKS)
    public List<Lane> lanes() {
        return LaneRule.lanes(tasks);
    }

    /** Divides tasks into waves, which it returns. */
    @Benchmark
    @OperationsPerInvocation(TASKS)
    public List<List<MigrationTask>> waves() {
        return Wave.divide(waves.parts(), tasks);
    }

    /** Makes a plan of tasks that were read, fingerprint included, which it returns. */
    @Benchmark
    @OperationsPerInvocation(TASKS)
    public BatchPlan plan() {
        return planner.plan(request, task -> seen.getOrDefault(task, Seen.absent()), Instant.EPOCH);
    }
}
