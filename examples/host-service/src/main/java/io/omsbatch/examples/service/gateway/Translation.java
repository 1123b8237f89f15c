package io.omsbatch.examples.service.gateway;

import io.omsbatch.api.operation.BatchOperation;
import io.omsbatch.api.outcome.Problem;
import io.omsbatch.api.outcome.ProblemCode;
import io.omsbatch.api.switchover.PrecheckItem;
import io.omsbatch.api.switchover.StopPoint;
import io.omsbatch.api.switchover.SwitchoverSnapshot;
import io.omsbatch.api.switchover.SyncLinks;
import io.omsbatch.api.switchover.SyncSample;
import io.omsbatch.api.task.AlertLevel;
import io.omsbatch.api.task.Lag;
import io.omsbatch.api.task.MigrationTask;
import io.omsbatch.api.task.MigrationType;
import io.omsbatch.api.task.Position;
import io.omsbatch.api.task.Revision;
import io.omsbatch.api.task.Stage;
import io.omsbatch.api.task.StageProgress;
import io.omsbatch.api.task.SwitchoverProgress;
import io.omsbatch.api.task.SwitchoverStep;
import io.omsbatch.api.task.TaskRef;
import io.omsbatch.api.task.TaskStatus;
import io.omsbatch.examples.service.platform.Alarm;
import io.omsbatch.examples.service.platform.Cut;
import io.omsbatch.examples.service.platform.CutStep;
import io.omsbatch.examples.service.platform.Job;
import io.omsbatch.examples.service.platform.JobStage;
import io.omsbatch.examples.service.platform.JobStatus;
import io.omsbatch.examples.service.platform.Life;
import io.omsbatch.examples.service.platform.Order;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Says in the library's words what the platform shows, and in the platform's words what the library orders. */
final class Translation {

    /** What the library calls this platform. */
    static final String PLATFORM = "jobs";

    /** How often the platform measures how far a target is. */
    private static final long SAMPLE_MILLIS = 200;

    private Translation() {}

    static TaskRef ref(String id) {
        return new TaskRef(PLATFORM, id);
    }

    static MigrationTask task(Job job) {
        return MigrationTask.builder(ref(job.id()))
                .name(job.name())
                .type(MigrationType.complete())
                .status(status(job.life().status()))
                .stage(stage(job.life().stage()), stageState(job.life()))
                .alertLevel(level(job.life().alarm()))
                .revision(new Revision(Long.toString(job.revision())))
                .switchover(job.cut() == null ? null : progress(job.cut()))
                .build();
    }

    private static TaskStatus status(JobStatus status) {
        return switch (status) {
            case CREATED -> TaskStatus.NOT_STARTED;
            case ACTIVE -> TaskStatus.RUNNING;
            case HALTED -> TaskStatus.STOPPED;
            case CLOSING -> TaskStatus.ENDING;
            case CLOSED -> TaskStatus.ENDED;
        };
    }

    private static Stage stage(JobStage stage) {
        return switch (stage) {
            case PREPARE -> Stage.SCHEMA_MIGRATION;
            case COPY -> Stage.FULL_MIGRATION;
            case FOLLOW -> Stage.INCREMENTAL_SYNC;
            case COMPARE -> Stage.FULL_VERIFICATION;
            case CUTOVER -> Stage.FORWARD_SWITCHOVER;
        };
    }

    private static StageProgress.State stageState(Life life) {
        return switch (life.mark()) {
            case DONE -> StageProgress.State.FINISHED;
            case SKIPPED -> StageProgress.State.SKIPPED;
            case OPEN ->
                switch (life.status()) {
                    case CREATED -> StageProgress.State.WAITING;
                    case ACTIVE ->
                        life.stage() == JobStage.FOLLOW ? StageProgress.State.MONITORING : StageProgress.State.RUNNING;
                    case HALTED, CLOSING, CLOSED -> StageProgress.State.SUSPENDED;
                };
        };
    }

    static AlertLevel level(Alarm alarm) {
        return switch (alarm) {
            case OFF -> AlertLevel.NO_PROTECTION;
            case MAIL -> AlertLevel.LOW;
            case CHAT -> AlertLevel.MEDIUM;
            case PAGER -> AlertLevel.HIGH;
        };
    }

    static @Nullable Alarm alarm(BatchOperation operation) {
        if (!(operation instanceof BatchOperation.ModifyAlertLevel modify)) {
            return null;
        }
        return switch (modify.level()) {
            case NO_PROTECTION -> Alarm.OFF;
            case LOW -> Alarm.MAIL;
            case MEDIUM -> Alarm.CHAT;
            case HIGH -> Alarm.PAGER;
            case UNRECOGNIZED -> null;
        };
    }

    /** Returns what the platform calls an operation, or null for one that it does not have. */
    static @Nullable Order order(BatchOperation operation) {
        return switch (operation.kind()) {
            case START -> Order.START;
            case STOP -> Order.HALT;
            case RESUME -> Order.CONTINUE;
            case END -> Order.CLOSE;
            case DELETE -> Order.REMOVE;
            case MODIFY_ALERT_LEVEL -> Order.SET_ALARM;
            case SKIP_FULL_VERIFICATION -> Order.SKIP_COMPARE;
            case ENTER_FORWARD_SWITCHOVER -> Order.ENTER_CUTOVER;
            case FORWARD_SWITCHOVER, ENTER_SWITCH_BACK, SWITCH_BACK -> null;
        };
    }

    private static SwitchoverProgress progress(Cut cut) {
        SwitchoverProgress.State state = switch (cut.state()) {
            case WAITING -> SwitchoverProgress.State.WAITING;
            case RUNNING -> SwitchoverProgress.State.RUNNING;
            case FAILED -> SwitchoverProgress.State.FAILED;
            case DONE -> SwitchoverProgress.State.DONE;
        };
        return new SwitchoverProgress(step(cut.step()), state);
    }

    private static SwitchoverStep step(CutStep step) {
        return switch (step) {
            case BEGIN -> SwitchoverStep.START_FORWARD_SWITCHOVER;
            case CHECK -> SwitchoverStep.SWITCHOVER_PRECHECK;
            case KEEP_TARGET_LOG -> SwitchoverStep.START_TARGET_STORE;
            case SOURCE_QUIET -> SwitchoverStep.CONFIRM_WRITES_STOPPED;
            case CAUGHT_UP -> SwitchoverStep.CONFIRM_SYNC_TIMESTAMP;
            case STOP_FOLLOWING -> SwitchoverStep.STOP_FORWARD_SYNC;
            case OBJECTS -> SwitchoverStep.PROCESS_DATABASE_OBJECTS;
            case FOLLOW_BACK -> SwitchoverStep.START_REVERSE_INCREMENT;
        };
    }

    /** Returns what the platform calls a step, or null for one that it does not know. */
    static @Nullable CutStep step(SwitchoverStep step) {
        for (CutStep known : CutStep.values()) {
            if (step(known) == step) {
                return known;
            }
        }
        return null;
    }

    static SwitchoverSnapshot snapshot(Job job, Cut cut, Instant now, Duration behind) {
        boolean active = job.life().status() == JobStatus.ACTIVE;
        Cut.Links links = cut.links();
        Instant stop = links.stopPoint();
        SwitchoverSnapshot snapshot = SwitchoverSnapshot.at(progress(cut))
                .withLinks(links(links, active))
                .withStopPoint(stop == null ? null : new StopPoint(position(stop), stop))
                .withSync(sample(links, active, now, behind))
                .withPrecheck(cut.step() == CutStep.BEGIN ? List.of() : precheck(job));
        return cut.state() != CutStep.State.FAILED
                ? snapshot
                : snapshot.withProblem(Problem.of(ProblemCode.PRECHECK_FAILED, job.obstacle()));
    }

    private static SyncLinks links(Cut.Links links, boolean active) {
        SyncLinks.State forward =
                active && links.followedUntil() == null ? SyncLinks.State.RUNNING : SyncLinks.State.STOPPED;
        SyncLinks.State back = active ? SyncLinks.State.RUNNING : SyncLinks.State.STOPPED;
        Instant log = links.logStart();
        // Nobody can enter a target before changes flow back; whether the source is free only its operator knows.
        return new SyncLinks(forward, links.back() ? back : SyncLinks.State.ABSENT, log == null ? null : position(log))
                .withTargetWrites(links.back() ? SyncLinks.TargetWrites.UNKNOWN : SyncLinks.TargetWrites.NONE)
                .withSourceGuard(SyncLinks.SourceGuard.NONE);
    }

    private static @Nullable SyncSample sample(Cut.Links links, boolean active, Instant now, Duration behind) {
        Instant stopped = links.followedUntil();
        if (stopped != null) {
            return new SyncSample(
                    position(stopped.minus(behind)), new Lag.Unknown("the target does not follow any more"), stopped);
        }
        if (!active) {
            return null;
        }
        Instant sampled = Instant.ofEpochMilli(now.toEpochMilli() - now.toEpochMilli() % SAMPLE_MILLIS);
        return new SyncSample(position(sampled.minus(behind)), new Lag.Known(behind), sampled);
    }

    /** Returns what the check of a cutover finds. */
    static List<PrecheckItem> precheck(Job job) {
        boolean free = job.obstacle().isEmpty();
        return List.of(new PrecheckItem(
                "obstacles",
                free ? PrecheckItem.Severity.PASSED : PrecheckItem.Severity.BLOCKING,
                free ? "nothing is in the way" : job.obstacle(),
                free ? "" : "remove it, then check again"));
    }

    private static Position position(Instant at) {
        return Position.of(at.toEpochMilli());
    }
}
