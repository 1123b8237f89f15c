package io.omsbatch.core.process;

import io.omsbatch.api.journal.JournalEntry;
import io.omsbatch.api.journal.JournalRecord;
import io.omsbatch.api.journal.JournalStore;
import io.omsbatch.api.journal.RunRecord;
import io.omsbatch.api.outcome.TaskOutcome;
import io.omsbatch.api.task.MigrationTask;
import io.omsbatch.api.task.TaskRef;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Counts what became of everything that killed replicas had begun, said and done. */
final class Survey {

    private final List<Life> lives;
    private final Map<String, RunFacts> runs = new HashMap<>();
    private final List<String> lost = new ArrayList<>();
    private final List<String> twice = new ArrayList<>();
    private final List<String> endless = new ArrayList<>();
    private final List<String> unknown = new ArrayList<>();
    private final List<String> wrong = new ArrayList<>();
    private final List<Duration> takeovers = new ArrayList<>();
    private int acknowledged;
    private int outcomes;
    private int commands;
    private int again;

    private Survey(List<Life> lives) {
        this.lives = lives;
    }

    static Survey of(Manners manners, List<Life> lives, JournalStore journal, RowPlatform platform) {
        Survey survey = new Survey(lives);
        Map<String, List<RowPlatform.Arrival>> arrivals =
                platform.ledger().stream().collect(Collectors.groupingBy(RowPlatform.Arrival::run));
        for (String request : platform.requests()) {
            Optional<RunRecord> run = journal.runOfRequest(request);
            if (run.isEmpty()) {
                survey.endless.add(request + " led to no run");
            } else {
                String id = run.get().runId();
                survey.runs.put(id, RunFacts.read(journal, run.get(), arrivals.getOrDefault(id, List.of())));
            }
        }
        survey.runs.values().forEach(facts -> survey.count(facts, manners));
        lives.forEach(life -> life.lines().forEach(survey::acknowledged));
        return survey;
    }

    private void count(RunFacts facts, Manners manners) {
        String id = facts.run().runId();
        JournalEntry last = facts.entries().get(facts.entries().size() - 1);
        if (facts.facts(JournalRecord.Kind.ENDED).count() != 1 || last.record().kind() != JournalRecord.Kind.ENDED) {
            endless.add("run " + id + " ends with " + last);
        }
        long before = 0;
        long token = 0;
        for (JournalEntry entry : facts.entries()) {
            if (entry.sequence() != before + 1 || entry.token().value() < token) {
                wrong.add("run " + id + ": " + entry + " follows " + before + " of token " + token);
            }
            before = entry.sequence();
            token = entry.token().value();
        }
        facts.run().plan().eligible().forEach(task -> outcome(facts, task));
        doneTwice(facts);
        commands += facts.arrivals().size();
        again += (int) facts.arrivals().stream()
                .filter(arrival -> arrival.attempt() > 1)
                .count();
        takeovers(facts);
        try {
            facts.judge(manners);
        } catch (AssertionError broken) {
            wrong.add(broken.getMessage());
        }
    }

    private void outcome(RunFacts facts, MigrationTask planned) {
        TaskRef task = planned.ref();
        List<JournalRecord> written =
                facts.facts(JournalRecord.Kind.OUTCOME, task.id()).toList();
        if (written.size() != 1) {
            wrong.add("RUN-1: " + task + " has the outcomes " + written);
            return;
        }
        outcomes++;
        JournalRecord outcome = written.get(0);
        int wanted = facts.switchover() ? planned.type().switchoverSteps().size() : 1;
        long had = facts.effects()
                .filter(arrival -> arrival.task().equals(task.id()))
                .map(arrival -> arrival.did().what())
                .distinct()
                .count();
        if (outcome.code().equals(TaskOutcome.Kind.UNKNOWN.name())) {
            unknown.add(task + " of " + facts.run().plan().request() + ": " + outcome.detail());
        } else if (!outcome.code().equals(TaskOutcome.Kind.SUCCEEDED.name())) {
            wrong.add(task + " of " + facts.run().plan().request() + " is " + outcome);
        } else if (had != wanted) {
            wrong.add("RUN-4: " + task + " is " + outcome + ", and had " + had + " of " + wanted + " effects");
        }
    }

    /** Also under another key: nothing of what is wished for here needs doing twice. */
    private void doneTwice(RunFacts facts) {
        facts.effects()
                .collect(Collectors.groupingBy(
                        arrival -> arrival.task() + " " + arrival.did().what()))
                .forEach((command, effects) -> {
                    if (effects.size() > 1) {
                        twice.add(command + ": " + effects);
                    }
                });
        long newest = 0;
        for (RowPlatform.Arrival effect : facts.effects().toList()) {
            if (effect.token() < newest) {
                wrong.add("DUR-2: " + effect + " came after one of token " + newest);
            }
            newest = Math.max(newest, effect.token());
        }
    }

    /** From the death of an owner to the fact that another has taken over. */
    private void takeovers(RunFacts facts) {
        Instant owned = facts.run().startedAt();
        for (JournalRecord taken : facts.facts(JournalRecord.Kind.TAKEN_OVER).toList()) {
            Instant since = owned;
            lives.stream()
                    .filter(life -> life.killed() && !since.isAfter(life.end()))
                    .findFirst()
                    .filter(life -> taken.at().isAfter(life.end()))
                    .ifPresentOrElse(
                            life -> takeovers.add(Duration.between(life.end(), taken.at())),
                            () -> wrong.add("DUR-3: " + taken + " of run "
                                    + facts.run().runId() + ", whose owner was not dead"));
            owned = taken.at();
        }
    }

    private void acknowledged(ReplicaProcess.Line line) {
        List<String> words = line.words();
        boolean kept = switch (words.get(0)) {
            case "RUN" -> isRun(words.get(1), words.get(2));
            case "OUTCOME" -> hasOutcome(words.get(1), words.get(2), words.get(3));
            case "CONTROL" ->
                List.of(words.get(4).split(",")).stream()
                        .allMatch(task -> hasControl(words.get(1), words.get(2), words.get(3), task));
            case "ENDED" -> runs.containsKey(words.get(1));
            case "TAKEN", "READY", "LEFT" -> {
                acknowledged--;
                yield true;
            }
            default -> {
                wrong.add("a replica said " + words);
                yield true;
            }
        };
        acknowledged++;
        if (!kept) {
            lost.add(words.toString());
        }
    }

    private boolean isRun(String run, String request) {
        return runs.containsKey(run)
                && runs.get(run).run().plan().request().requestId().equals(request);
    }

    private boolean hasOutcome(String run, String task, String kind) {
        return runs.containsKey(run)
                && runs.get(run)
                        .facts(JournalRecord.Kind.OUTCOME, task)
                        .allMatch(outcome -> outcome.code().equals(kind))
                && runs.get(run).facts(JournalRecord.Kind.OUTCOME, task).count() == 1;
    }

    private boolean hasControl(String run, String step, String action, String task) {
        return runs.containsKey(run)
                && runs.get(run)
                        .facts(JournalRecord.Kind.CONTROL, task)
                        .anyMatch(control -> control.code().equals(action)
                                && RunFacts.subject(control)
                                        .orElseThrow()
                                        .step()
                                        .equals(step));
    }

    /** Returns what broke a promise. */
    List<String> broken() {
        List<String> all = new ArrayList<>();
        lost.forEach(what -> all.add("DUR-1, acknowledged and lost: " + what));
        twice.forEach(what -> all.add("RUN-3, done twice: " + what));
        endless.forEach(what -> all.add("RUN-8, without end: " + what));
        all.addAll(wrong);
        return all;
    }

    List<String> unknown() {
        return unknown;
    }

    String render() {
        return lives.stream().filter(Life::killed).count() + " kills, " + counts();
    }

    /** Returns all counts, but for what was done to the replicas. */
    String counts() {
        takeovers.sort(Duration::compareTo);
        return runs.size() + " runs, " + outcomes + " tasks; " + acknowledged + " acknowledged, "
                + lost.size() + " of them lost; " + commands + " commands, " + again + " of them once more, "
                + twice.size() + " done twice; "
                + endless.size() + " runs without end; " + unknown.size() + " UNKNOWN; " + takeovers.size()
                + " takeovers"
                + (takeovers.isEmpty()
                        ? ""
                        : ", median " + takeovers.get(takeovers.size() / 2).toMillis()
                                + " ms after the failure, longest "
                                + takeovers.get(takeovers.size() - 1).toMillis() + " ms")
                + unknown.stream().map(why -> "\n  UNKNOWN " + why).collect(Collectors.joining())
                + broken().stream().map(why -> "\n  BROKEN " + why).collect(Collectors.joining());
    }
}
