package io.omsbatch.core;

import io.omsbatch.api.journal.JournalRecord;
import io.omsbatch.api.outcome.BatchReport;
import io.omsbatch.api.outcome.TaskOutcome;
import io.omsbatch.api.outcome.TaskResult;
import io.omsbatch.api.plan.BatchPlan;
import io.omsbatch.api.plan.PlanEntry;
import io.omsbatch.api.task.TaskRef;
import io.omsbatch.testkit.history.GatewayCall;
import io.omsbatch.testkit.history.Moment;
import io.omsbatch.testkit.history.RecordedEntry;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** Holds a finished run against the promises, by what the platform and the journal saw of it. */
final class RunFindings {

    private final EngineHarness world;
    private final BatchPlan plan;
    private final BatchReport report;
    private final List<String> found = new ArrayList<>();

    private RunFindings(EngineHarness world, BatchPlan plan, BatchReport report) {
        this.world = world;
        this.plan = plan;
        this.report = report;
    }

    static void check(EngineHarness world, BatchPlan plan, BatchReport report, int concurrency) {
        RunFindings findings = new RunFindings(world, plan, report);
        findings.everyTaskOnce();
        findings.intentBeforeCall();
        findings.outcomesSayTheTruth();
        findings.oneOutcomeInTheJournal();
        findings.claimBeforeCall();
        findings.noMoreCallsThan(concurrency);
        world.platform.breaches().forEach(findings.found::add);
        world.environment.uncaught().forEach(thrown -> findings.found.add("uncaught: " + thrown));
        if (!findings.found.isEmpty()) {
            throw new AssertionError(
                    String.join("\n", findings.found) + "\n" + report.render() + world.platform.history());
        }
    }

    private void everyTaskOnce() {
        List<TaskRef> asked = plan.request().tasks();
        if (!plan.entries().stream().map(PlanEntry::ref).toList().equals(asked)) {
            found.add("PLAN-2: the plan does not have every selected task once, in order");
        }
        if (!report.results().stream().map(TaskResult::ref).toList().equals(asked)) {
            found.add("RUN-1: the report does not have every selected task once, in order");
        }
    }

    private void intentBeforeCall() {
        Map<String, Moment> intents = new HashMap<>();
        for (RecordedEntry entry : world.journal.entries()) {
            JournalRecord fact = entry.entry().record();
            if (fact.kind() == JournalRecord.Kind.INTENT) {
                String attempt = fact.detail().get("key") + "#"
                        + Objects.requireNonNull(fact.subject()).attempt() + "#"
                        + entry.entry().token();
                if (intents.put(attempt, entry.moment()) != null) {
                    found.add("RUN-2: two intents for " + attempt);
                }
            }
        }
        Set<String> called = new HashSet<>();
        for (GatewayCall call : world.commands()) {
            var context = call.order().context();
            String attempt = context.key() + "#" + context.attempt() + "#" + context.token();
            Moment intent = intents.get(attempt);
            if (intent == null || intent.order() > call.timing().begun().order()) {
                found.add("RUN-2: no intent before " + call);
            }
            if (!called.add(attempt)) {
                found.add("RUN-2: two calls for " + attempt);
            }
        }
    }

    private void outcomesSayTheTruth() {
        for (TaskResult result : report.results()) {
            List<GatewayCall> calls = world.commands().stream()
                    .filter(call -> call.tasks().contains(result.ref()))
                    .toList();
            boolean effect = calls.stream().anyMatch(call -> call.timing().effect() != null);
            String says = result.outcome().text();
            switch (result.outcome().kind()) {
                case INELIGIBLE, DENIED, NOT_FOUND, ALREADY_DONE, STALE, NOT_ATTEMPTED -> {
                    if (!calls.isEmpty()) {
                        found.add("RUN-1: " + result + " although it was commanded");
                    }
                }
                case SUCCEEDED -> {
                    if (calls.isEmpty()) {
                        found.add("RUN-4: " + result + " although it was not commanded");
                    }
                }
                case FAILED -> {
                    if (effect && !says.contains("SETTLED_ELSEWHERE") && !says.contains("TASK_GONE")) {
                        found.add("RUN-3: " + result + " although a command had its effect");
                    }
                }
                case UNKNOWN, LEFT_AT, UNDONE, UNDO_INCOMPLETE -> {
                    if (calls.isEmpty() && result.outcome().kind() == TaskOutcome.Kind.UNKNOWN) {
                        found.add("RUN-3: " + result + " although it was not commanded");
                    }
                }
            }
            if (result.attempts() != calls.size()) {
                found.add("RUN-1: " + result + " counts " + result.attempts() + " attempts of " + calls.size());
            }
        }
    }

    private void oneOutcomeInTheJournal() {
        Map<TaskRef, String> outcomes = new HashMap<>();
        for (JournalRecord fact : world.facts(JournalRecord.Kind.OUTCOME)) {
            if (outcomes.put(Objects.requireNonNull(fact.subject()).task(), fact.code()) != null) {
                found.add("RUN-1: two outcomes of " + fact.subject().task());
            }
        }
        for (TaskResult result : report.results()) {
            if (!result.outcome().kind().name().equals(outcomes.get(result.ref()))) {
                found.add("RUN-1: the journal says " + outcomes.get(result.ref()) + ", the report " + result);
            }
        }
    }

    private void claimBeforeCall() {
        for (GatewayCall call : world.commands()) {
            TaskRef task = call.tasks().get(0);
            boolean claimed = world.journal.claims().stream()
                    .anyMatch(claim -> claim.granted().contains(task)
                            && claim.moment().order() < call.timing().begun().order());
            if (!claimed) {
                found.add("RUN-5: no claim before " + call);
            }
        }
    }

    private void noMoreCallsThan(int concurrency) {
        List<GatewayCall> calls = world.platform.calls();
        for (GatewayCall call : calls) {
            long together = calls.stream()
                    .filter(other -> other.timing().begun().order()
                                    <= call.timing().begun().order()
                            && (other.timing().ended() == null
                                    || other.timing().ended().order()
                                            > call.timing().begun().order()))
                    .count();
            if (together > concurrency) {
                found.add("RUN-10: " + together + " calls at once when " + call + " began");
                return;
            }
        }
    }
}
