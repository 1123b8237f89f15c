package io.omsbatch.testkit.check;

import io.omsbatch.api.SafeText;
import io.omsbatch.api.gateway.GatewayCapabilities;
import io.omsbatch.api.gateway.GatewayCapability;
import io.omsbatch.api.journal.JournalRecord;
import io.omsbatch.api.journal.JournalRecord.Kind;
import io.omsbatch.api.journal.RunRecord;
import io.omsbatch.api.journal.Subject;
import io.omsbatch.api.operation.BatchOperation;
import io.omsbatch.api.outcome.BatchReport;
import io.omsbatch.api.outcome.TaskResult;
import io.omsbatch.api.plan.BatchPlan;
import io.omsbatch.api.switchover.SwitchoverSnapshot;
import io.omsbatch.api.task.MigrationTask;
import io.omsbatch.api.task.TaskRef;
import io.omsbatch.testkit.history.CallKind;
import io.omsbatch.testkit.history.GatewayAnswer;
import io.omsbatch.testkit.history.GatewayCall;
import io.omsbatch.testkit.history.HistoryText;
import io.omsbatch.testkit.history.Moment;
import io.omsbatch.testkit.history.RecordedEntry;
import io.omsbatch.testkit.history.Recording;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * All that is known of one run from outside. Immutable.
 *
 * @param run the confirmed plan
 * @param report the report, or null if the run did not end
 * @param recording calls, facts and claims; those of other runs may be among them
 * @param capabilities what the gateway declared
 * @param bounds the settings that matter
 * @since 0.1.0
 */
public record RunHistory(
        RunRecord run,
        @Nullable BatchReport report,
        Recording recording,
        GatewayCapabilities capabilities,
        RunBounds bounds) {

    /** Checks that the parts are there. */
    public RunHistory {
        Objects.requireNonNull(run, "RunHistory.run");
        Objects.requireNonNull(recording, "RunHistory.recording");
        Objects.requireNonNull(capabilities, "RunHistory.capabilities");
        Objects.requireNonNull(bounds, "RunHistory.bounds");
    }

    /** Returns everything in order, for people. */
    public String print() {
        HistoryText text = new HistoryText(
                recording.calls().isEmpty()
                        ? run.startedAt()
                        : recording.calls().get(0).begun().at());
        recording.printOn(text);
        StringBuilder all = new StringBuilder("run " + run.runId() + ": "
                + run.plan().request() + ", capabilities " + capabilities + ", bounds " + bounds + "\n");
        all.append(text.render());
        if (report == null) {
            return all.append("no report\n").toString();
        }
        report.results()
                .forEach(result -> all.append("outcome ")
                        .append(result.ref().id())
                        .append(": ")
                        .append(result.outcome().kind())
                        .append(' ')
                        .append(SafeText.escape(result.outcome().text()))
                        .append('\n'));
        return all.toString();
    }

    BatchPlan plan() {
        return run.plan();
    }

    BatchOperation operation() {
        return run.plan().request().operation();
    }

    List<TaskRef> tasks() {
        return run.plan().request().tasks();
    }

    boolean has(GatewayCapability capability) {
        return capabilities.has(capability);
    }

    /** Returns this run's results, or none if it did not end. */
    List<TaskResult> results() {
        return report == null ? List.of() : report.results();
    }

    /** Returns this run's commands, by when they began. */
    List<GatewayCall> commands() {
        return recording.calls().stream()
                .filter(call -> call.kind().mutates()
                        && call.ordered().context().runId().equals(run.runId()))
                .toList();
    }

    /** Returns this run's commands that take tasks forward, by when they began. */
    List<GatewayCall> forward() {
        return commands().stream().filter(call -> !call.ordered().undoes()).toList();
    }

    /** Returns this run's commands that take steps back, by when they began. */
    List<GatewayCall> undos() {
        return commands().stream().filter(call -> call.ordered().undoes()).toList();
    }

    List<GatewayCall> commandsOf(TaskRef task) {
        return commands().stream().filter(call -> call.tasks().contains(task)).toList();
    }

    /** Returns the calls of a kind that showed something for a task, or that it is not there. */
    Stream<GatewayCall> looks(CallKind kind, TaskRef task) {
        return recording.calls().stream()
                .filter(call -> call.kind() == kind
                        && call.tasks().contains(task)
                        && call.answer().kind() == GatewayAnswer.Kind.SHOWN);
    }

    static Optional<MigrationTask> shown(GatewayCall read, TaskRef task) {
        return Optional.ofNullable(read.answer().tasks().get(task));
    }

    static Optional<SwitchoverSnapshot> observed(GatewayCall observation, TaskRef task) {
        return Optional.ofNullable(observation.answer().snapshots().get(task));
    }

    /** Returns this run's facts, in order. */
    Stream<RecordedEntry> facts() {
        return recording.facts().stream().filter(fact -> fact.runId().equals(run.runId()));
    }

    Stream<RecordedEntry> facts(Kind kind) {
        return facts().filter(fact -> record(fact).kind() == kind);
    }

    Stream<RecordedEntry> facts(Kind kind, TaskRef task) {
        return facts(kind).filter(fact -> {
            Subject subject = record(fact).subject();
            return subject != null && subject.task().equals(task);
        });
    }

    /** Returns the facts of a kind about one step of a task. */
    Stream<RecordedEntry> facts(Kind kind, TaskRef task, String step) {
        return facts(kind, task).filter(fact -> subject(fact).step().equals(step));
    }

    static JournalRecord record(RecordedEntry fact) {
        return fact.entry().record();
    }

    static Subject subject(RecordedEntry fact) {
        return Objects.requireNonNull(record(fact).subject(), "subject");
    }

    /** Returns whether a call had ended with an answer before a moment. */
    static boolean endedBefore(GatewayCall call, Moment moment) {
        Moment ended = call.ended();
        return ended != null && ended.before(moment);
    }
}
