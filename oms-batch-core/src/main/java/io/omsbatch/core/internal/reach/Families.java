package io.omsbatch.core.internal.reach;

import io.omsbatch.api.InvalidInputException;
import io.omsbatch.api.engine.BatchRun;
import io.omsbatch.api.engine.RunFamily;
import io.omsbatch.api.engine.RunFamily.Truth;
import io.omsbatch.api.engine.RunState;
import io.omsbatch.api.journal.JournalStore;
import io.omsbatch.api.journal.RunCursor;
import io.omsbatch.api.journal.RunFilter;
import io.omsbatch.api.journal.RunPage;
import io.omsbatch.api.journal.RunSummary;
import io.omsbatch.api.operation.Actor;
import io.omsbatch.api.operation.BatchRequest;
import io.omsbatch.api.outcome.TaskOutcome;
import io.omsbatch.api.outcome.TaskResult;
import io.omsbatch.api.task.TaskRef;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Runs that take tasks of others up once more, and what is true of the tasks over all of them. */
public final class Families {

    private static final int MOST = 1_000;

    /** Outcomes that say nothing of the task itself. */
    private static final Set<TaskOutcome.Kind> NOTHING_TRIED =
            EnumSet.of(TaskOutcome.Kind.NOT_ATTEMPTED, TaskOutcome.Kind.STALE, TaskOutcome.Kind.DENIED);

    private final JournalStore journal;
    private final Function<String, Optional<? extends BatchRun>> runs;

    /**
     * Creates it.
     *
     * @param journal where runs are listed
     * @param runs finds a run
     */
    public Families(JournalStore journal, Function<String, Optional<? extends BatchRun>> runs) {
        this.journal = journal;
        this.runs = runs;
    }

    /**
     * Makes a request of the tasks of a run that ended in certain ways.
     *
     * @param requestId the id of the request
     * @param actor who asks
     * @param runId the run
     * @param outcomes the ways
     * @return the request
     */
    public BatchRequest redrive(String requestId, Actor actor, String runId, Set<TaskOutcome.Kind> outcomes) {
        if (outcomes.isEmpty()) {
            throw new InvalidInputException("redrive.outcomes", "is empty; name at least one kind of outcome");
        }
        BatchRun run = runs.apply(runId)
                .orElseThrow(() -> new InvalidInputException(
                        "redrive.runId", "is " + runId + "; the journal has no such run, or no longer"));
        if (run.state() != RunState.ENDED) {
            throw new InvalidInputException(
                    "redrive.runId",
                    "is " + runId + ", which is " + run.state() + "; wait for its end, or cancel or close it first");
        }
        List<TaskRef> tasks = run.results().stream()
                .filter(result -> outcomes.contains(result.outcome().kind()))
                .map(TaskResult::ref)
                .toList();
        if (tasks.isEmpty()) {
            throw new InvalidInputException(
                    "redrive.outcomes",
                    "are " + EnumSet.copyOf(outcomes) + "; no task of run " + runId + " ended so: it has "
                            + run.results().stream()
                                    .map(result -> result.outcome().kind())
                                    .collect(Collectors.groupingBy(
                                            kind -> kind,
                                            () -> new EnumMap<>(TaskOutcome.Kind.class),
                                            Collectors.counting())));
        }
        return BatchRequest.of(requestId, actor, run.request().operation(), tasks)
                .with(run.request().policy())
                .redriving(runId);
    }

    /**
     * Returns the family of a run.
     *
     * @param runId the run
     * @return its family; empty if there is no such run
     */
    public Optional<RunFamily> of(String runId) {
        return journal.summary(runId).map(first -> {
            List<RunSummary> members = members(first);
            return new RunFamily(members, truths(members));
        });
    }

    private List<RunSummary> members(RunSummary first) {
        Map<String, RunSummary> found = new LinkedHashMap<>();
        found.put(first.runId(), first);
        Deque<String> parents = new ArrayDeque<>(List.of(first.runId()));
        for (String parent = parents.poll(); parent != null; parent = parents.poll()) {
            for (RunSummary child : children(parent)) {
                if (found.putIfAbsent(child.runId(), child) == null) {
                    parents.add(child.runId());
                }
            }
            if (found.size() > MOST) {
                throw new InvalidInputException(
                        "family.runId", "is " + first.runId() + ", of which there are more than " + MOST + " redrives");
            }
        }
        List<RunSummary> later = new ArrayList<>(found.values());
        later.remove(first);
        later.sort(RunCursor.NEWEST_FIRST.reversed());
        later.add(0, first);
        return later;
    }

    private List<RunSummary> children(String parent) {
        List<RunSummary> children = new ArrayList<>();
        @Nullable String from = null;
        do {
            RunPage page = journal.runs(RunFilter.all().redrivesOf(parent), from, MOST);
            children.addAll(page.runs());
            from = page.next();
        } while (from != null && children.size() <= MOST);
        return children;
    }

    private List<Truth> truths(List<RunSummary> members) {
        Map<TaskRef, Truth> truths = new LinkedHashMap<>();
        for (RunSummary member : members) {
            boolean first = member.equals(members.get(0));
            runs.apply(member.runId()).ifPresent(run -> {
                Map<TaskRef, TaskResult> results =
                        run.results().stream().collect(Collectors.toMap(TaskResult::ref, result -> result));
                for (TaskRef task : run.request().tasks()) {
                    Truth truth = new Truth(task, member.runId(), results.get(task));
                    if (first) {
                        truths.put(task, truth);
                    } else {
                        truths.computeIfPresent(task, (ref, before) -> tellsMore(truth) ? truth : before);
                    }
                }
            });
        }
        return List.copyOf(truths.values());
    }

    private static boolean tellsMore(Truth later) {
        TaskResult result = later.result();
        return result == null || !NOTHING_TRIED.contains(result.outcome().kind());
    }
}
