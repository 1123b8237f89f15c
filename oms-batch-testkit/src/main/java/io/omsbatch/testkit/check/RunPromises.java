package io.omsbatch.testkit.check;

import static io.omsbatch.testkit.check.RunHistory.record;
import static io.omsbatch.testkit.check.RunHistory.subject;

import io.omsbatch.api.journal.JournalRecord.Kind;
import io.omsbatch.api.outcome.BatchReport;
import io.omsbatch.api.outcome.TaskOutcome;
import io.omsbatch.api.outcome.TaskResult;
import io.omsbatch.api.switchover.SwitchoverAction;
import io.omsbatch.api.task.TaskRef;
import io.omsbatch.testkit.history.GatewayCall;
import io.omsbatch.testkit.history.Moment;
import io.omsbatch.testkit.history.RecordedClaim;
import io.omsbatch.testkit.history.RecordedEntry;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** The promises about every run, but those about doubt, which {@link DoubtPromises} holds. */
final class RunPromises {

    private RunPromises() {}

    /** An owner before may have been frozen just before its call (DUR-2), which then must have no effect any more. */
    static boolean late(GatewayCall call, RecordedEntry outcome) {
        return call.timing().effect() == null
                && call.ordered().context().token().compareTo(outcome.entry().token()) < 0;
    }

    /** Exactly one outcome a task, the same in report and journal, and nothing after it. */
    static void run1(RunHistory history) {
        BatchReport report = history.report();
        if (report == null) {
            return;
        }
        List<TaskRef> reported = report.results().stream().map(TaskResult::ref).toList();
        Breach.unless(
                reported.equals(history.tasks()),
                "RUN-1",
                history,
                () -> "the report has results for " + reported + ", selected were " + history.tasks());
        for (TaskResult result : report.results()) {
            TaskRef task = result.ref();
            List<RecordedEntry> outcomes = history.facts(Kind.OUTCOME, task).toList();
            Breach.unless(
                    outcomes.size() == 1,
                    "RUN-1",
                    history,
                    () -> task + " has " + outcomes.size() + " outcomes in the journal");
            RecordedEntry outcome = outcomes.get(0);
            Breach.unless(
                    record(outcome).code().equals(result.outcome().kind().name()),
                    "RUN-1",
                    history,
                    () -> task + " is " + result.outcome().kind() + " in the report and "
                            + record(outcome).code() + " in the journal");
            boolean later = history.facts()
                    .anyMatch(fact -> outcome.moment().before(fact.moment())
                            && record(fact).subject() != null
                            && subject(fact).task().equals(task)
                            && !askedMeanwhile(fact));
            boolean commanded = history.commandsOf(task).stream()
                    .anyMatch(call -> outcome.moment().before(call.begun()) && !late(call, outcome));
            Breach.unless(!later && !commanded, "RUN-1", history, () -> task + " went on after its outcome");
            int commands = history.commandsOf(task).size();
            long unsure = unsent(history, task);
            Breach.unless(
                    result.attempts() >= commands && result.attempts() - commands <= unsure,
                    "RUN-1",
                    history,
                    () -> task + " is reported with " + result.attempts() + " attempts, and had " + commands
                            + (unsure == 0
                                    ? ""
                                    : ", " + unsure + " of them written by owners that died before they sent them"));
        }
    }

    /** What may be asked while a task is under way may be written just after its outcome; nothing comes of it then. */
    private static boolean askedMeanwhile(RecordedEntry fact) {
        return record(fact).kind() == Kind.CONTROL
                && SwitchoverAction.valueOf(record(fact).code()).atAnyTime();
    }

    /** Returns how many attempts were written by owners that died before they sent them, which none that follows can know. */
    private static long unsent(RunHistory history, TaskRef task) {
        List<GatewayCall> commands = history.commandsOf(task);
        return history.facts(Kind.INTENT, task)
                .filter(intent -> commands.stream()
                        .noneMatch(call -> call.ordered()
                                        .context()
                                        .key()
                                        .equals(record(intent).detail().get("key"))
                                && call.ordered().context().attempt()
                                        == subject(intent).attempt()))
                .filter(intent -> history.facts(Kind.TAKEN_OVER)
                        .anyMatch(taken -> intent.moment().before(taken.moment())))
                .count();
    }

    /** Each command has an intent of its own before it, with its key, attempt and token. */
    static void run2(RunHistory history) {
        Set<RecordedEntry> used = new HashSet<>();
        for (GatewayCall call : history.commands()) {
            GatewayCall.Order order = call.ordered();
            boolean intended = history.facts(Kind.INTENT, call.tasks().get(0))
                    .filter(fact -> fact.moment().before(call.begun())
                            && order.context()
                                    .key()
                                    .equals(record(fact).detail().get("key"))
                            && order.context().attempt() == subject(fact).attempt()
                            && order.context().token().equals(fact.entry().token()))
                    .filter(fact -> !used.contains(fact))
                    .findFirst()
                    .map(used::add)
                    .orElse(false);
            Breach.unless(
                    intended,
                    "RUN-2",
                    history,
                    () -> "call " + call.number() + " has no intent of its own with key "
                            + order.context().key() + ", attempt "
                            + order.context().attempt() + " and token "
                            + order.context().token());
        }
    }

    /** Every command is for a task that the run had claimed, and that no other run had claimed since. */
    static void run5(List<RunHistory> histories) {
        for (RunHistory history : histories) {
            for (GatewayCall call : history.commands()) {
                TaskRef task = call.tasks().get(0);
                String holder = holder(history, task, call.begun());
                Breach.unless(
                        holder.equals(history.run().runId()),
                        "RUN-5",
                        history,
                        () -> "call " + call.number() + " commanded " + task + ", which was held by " + holder);
            }
        }
    }

    private static String holder(RunHistory history, TaskRef task, Moment moment) {
        String holder = "nobody";
        for (RecordedClaim claim : history.recording().claims()) {
            if (claim.moment().before(moment) && claim.granted().contains(task)) {
                holder = claim.runId();
            }
        }
        return holder;
    }

    /** Tasks that nothing befell are in the wanted state, whatever befell the others. */
    static void run6(RunHistory history, Set<TaskRef> befallen) {
        Set<TaskRef> eligible =
                history.plan().eligible().stream().map(task -> task.ref()).collect(Collectors.toSet());
        for (TaskResult result : history.results()) {
            if (eligible.contains(result.ref()) && !befallen.contains(result.ref())) {
                Breach.unless(
                        result.outcome().successful(),
                        "RUN-6",
                        history,
                        () -> result.ref() + " is " + result.outcome().kind() + " though nothing befell it, only "
                                + befallen);
            }
        }
    }

    /** The run ends, in time. */
    static void run8(RunHistory history) {
        BatchReport report = history.report();
        Breach.unless(report != null, "RUN-8", history, () -> "the run did not end");
        if (report != null) {
            Duration took = Duration.between(report.startedAt(), report.endedAt());
            Breach.unless(
                    took.compareTo(history.bounds().longest()) <= 0,
                    "RUN-8",
                    history,
                    () -> "the run took " + took + ", at most "
                            + history.bounds().longest() + " were allowed");
        }
    }

    /** One request leads to one run. */
    static void run11(List<RunHistory> histories) {
        Map<String, RunHistory> byRequest = new HashMap<>();
        for (RunHistory history : histories) {
            RunHistory other = byRequest.putIfAbsent(history.plan().request().requestId(), history);
            Breach.unless(
                    other == null || other.run().runId().equals(history.run().runId()),
                    "RUN-11",
                    history,
                    () -> "the request " + history.plan().request().requestId() + " led to two runs, "
                            + (other == null ? "" : other.run().runId()) + " and "
                            + history.run().runId());
        }
    }

    /** Outcomes that say that nothing was commanded say so truly. */
    static void uncommanded(RunHistory history) {
        for (TaskResult result : history.results()) {
            TaskOutcome.Kind kind = result.outcome().kind();
            boolean saysUncommanded = switch (kind) {
                case ALREADY_DONE, INELIGIBLE, DENIED, NOT_FOUND, STALE, NOT_ATTEMPTED -> true;
                case SUCCEEDED, FAILED, UNKNOWN, LEFT_AT, UNDONE, UNDO_INCOMPLETE -> false;
            };
            Breach.unless(
                    !saysUncommanded || history.commandsOf(result.ref()).isEmpty(),
                    "RUN-1",
                    history,
                    () -> result.ref() + " is " + kind + ", which says that nothing was commanded, and something was");
        }
    }
}
