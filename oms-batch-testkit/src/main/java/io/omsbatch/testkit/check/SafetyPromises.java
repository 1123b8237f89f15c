package io.omsbatch.testkit.check;

import io.omsbatch.api.Limits;
import io.omsbatch.api.SafeText;
import io.omsbatch.api.journal.JournalRecord;
import io.omsbatch.api.journal.JournalRecord.Kind;
import io.omsbatch.api.outcome.TaskOutcome;
import io.omsbatch.api.outcome.TaskResult;
import io.omsbatch.api.plan.PlanEntry;
import io.omsbatch.api.task.TaskRef;
import io.omsbatch.testkit.history.GatewayCall;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The promises about what is shown. */
final class SafetyPromises {

    private SafetyPromises() {}

    /** Whom the policy denied a task, to them nothing of it is shown, nothing is done to it, and the denial is its outcome. */
    static void sec1(RunHistory history) {
        Set<TaskRef> denied = history.plan().entries().stream()
                .filter(PlanEntry.Denied.class::isInstance)
                .map(PlanEntry::ref)
                .collect(Collectors.toSet());
        for (GatewayCall call : history.commands()) {
            Breach.unless(
                    Collections.disjoint(call.tasks(), denied),
                    "SEC-1",
                    history,
                    () -> call.ordered().what() + " was commanded for " + call.tasks()
                            + ", though denied when planned");
        }
        for (TaskResult result : history.results()) {
            Breach.unless(
                    !denied.contains(result.ref()) || result.outcome().kind() == TaskOutcome.Kind.DENIED,
                    "SEC-1",
                    history,
                    () -> result.ref() + " was denied when planned, and is reported as "
                            + result.outcome().kind());
        }
    }

    /** What is kept of a run is bounded. */
    static void sec3(RunHistory history) {
        history.facts()
                .forEach(fact -> RunHistory.record(fact).detail().forEach((name, value) -> {
                    boolean list = name.equals("tasks");
                    Breach.unless(
                            list || value.length() <= Limits.MESSAGE_LENGTH,
                            "SEC-3",
                            history,
                            () -> "\"" + name + "\" of "
                                    + RunHistory.record(fact).kind() + " has " + value.length()
                                    + " characters; at most " + Limits.MESSAGE_LENGTH + " are kept");
                }));
    }

    /** Whatever an operator did says who and why. */
    static void sec4(RunHistory history) {
        Stream.concat(history.facts(Kind.CONTROL), history.facts(Kind.WAIVER)).forEach(fact -> {
            JournalRecord said = RunHistory.record(fact);
            for (String detail : List.of("actor", "reason")) {
                Breach.unless(
                        !said.detail().getOrDefault(detail, "").isBlank(),
                        "SEC-4",
                        history,
                        () -> said.kind() + " " + said.code() + " names no " + detail);
            }
        });
    }

    /** Nothing foreign reaches a terminal unescaped. */
    static void sec2(RunHistory history) {
        List<String> texts = new ArrayList<>();
        texts.addAll(history.plan().render().lines().toList());
        texts.add(history.plan().request().toString());
        if (history.report() != null) {
            texts.addAll(history.report().render().lines().toList());
            history.results().forEach(result -> {
                texts.add(result.toString());
                texts.add(result.outcome().text());
            });
        }
        history.facts().forEach(fact -> {
            JournalRecord record = RunHistory.record(fact);
            texts.add(record.code());
            record.detail().forEach((name, value) -> {
                if (name.equals("tasks")) {
                    texts.addAll(value.lines().toList()); // a list of identities, a line each
                } else if (!name.equals("reason")) {
                    texts.add(value);
                }
            });
        });
        for (String text : texts) {
            Breach.unless(
                    SafeText.escape(text).equals(text),
                    "SEC-2",
                    history,
                    () -> "this is shown unescaped: " + SafeText.escape(text));
        }
    }
}
