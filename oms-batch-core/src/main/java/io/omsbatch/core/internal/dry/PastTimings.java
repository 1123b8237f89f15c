package io.omsbatch.core.internal.dry;

import io.omsbatch.api.engine.DryRun;
import io.omsbatch.api.journal.JournalEntry;
import io.omsbatch.api.journal.JournalRecord;
import io.omsbatch.api.journal.JournalStore;
import io.omsbatch.api.journal.RunFilter;
import io.omsbatch.api.journal.RunSummary;
import io.omsbatch.api.journal.Subject;
import io.omsbatch.api.operation.OperationKind;
import io.omsbatch.api.outcome.TaskOutcome;
import io.omsbatch.api.task.TaskRef;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How long steps took in the runs of an operation that ended last: from the first command of a try until it was seen to be done. */
final class PastTimings {

    private static final int MOST_RUNS = 10;
    private static final int MOST_FACTS = 50_000;
    private static final int PAGE = 1_000;

    private final Map<String, List<Duration>> samples = new HashMap<>();
    private int runs;

    private PastTimings() {}

    /** One step of one task. */
    private record Try(TaskRef task, String step) {}

    static PastTimings of(JournalStore journal, OperationKind operation) {
        PastTimings timings = new PastTimings();
        RunFilter ended = RunFilter.all().of(operation).in(RunSummary.State.ENDED);
        int facts = 0;
        for (RunSummary run : journal.runs(ended, null, MOST_RUNS).runs()) {
            if (facts < MOST_FACTS) {
                facts += timings.take(journal, run.runId(), MOST_FACTS - facts);
            }
        }
        timings.samples.values().forEach(each -> each.sort(null));
        return timings;
    }

    private int take(JournalStore journal, String runId, int most) {
        Map<Try, Instant> begun = new HashMap<>();
        int read = 0;
        boolean tells = false;
        long last = 0;
        List<JournalEntry> page = journal.read(runId, last, PAGE);
        while (!page.isEmpty()) {
            for (JournalEntry entry : page) {
                tells |= take(entry.record(), begun);
                last = entry.sequence();
            }
            read += page.size();
            page = read < most ? journal.read(runId, last, PAGE) : List.of();
        }
        runs += tells ? 1 : 0;
        return read;
    }

    private boolean take(JournalRecord fact, Map<Try, Instant> begun) {
        Subject subject = fact.subject();
        if (subject == null) {
            return false;
        }
        Try one = new Try(subject.task(), subject.step());
        boolean done = switch (fact.kind()) {
            case STEP_OVER -> fact.code().equals("DONE");
            case OUTCOME -> fact.code().equals(TaskOutcome.Kind.SUCCEEDED.name());
            default -> false;
        };
        if (fact.kind() == JournalRecord.Kind.INTENT) {
            begun.putIfAbsent(one, fact.at());
        }
        Instant since = done ? begun.remove(one) : null;
        if (since == null) {
            return false;
        }
        Duration took = Duration.between(since, fact.at());
        samples.computeIfAbsent(one.step(), step -> new ArrayList<>()).add(took.isNegative() ? Duration.ZERO : took);
        return true;
    }

    /** Returns from how many runs something is known. */
    int runs() {
        return runs;
    }

    /** Returns how long a step took, or null if nobody knows. */
    DryRun.@Nullable Timing of(String step) {
        List<Duration> sorted = samples.get(step);
        return sorted == null
                ? null
                : new DryRun.Timing(
                        sorted.get((sorted.size() - 1) / 2),
                        sorted.get((int) Math.ceil(sorted.size() * 0.9) - 1),
                        sorted.size());
    }
}
