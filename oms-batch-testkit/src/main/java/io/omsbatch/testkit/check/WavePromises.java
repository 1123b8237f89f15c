package io.omsbatch.testkit.check;

import io.omsbatch.api.journal.JournalRecord;
import io.omsbatch.api.journal.JournalRecord.Kind;
import io.omsbatch.api.journal.Subject;
import io.omsbatch.api.operation.FailureBudget;
import io.omsbatch.api.operation.Waves;
import io.omsbatch.api.outcome.TaskOutcome;
import io.omsbatch.api.task.MigrationTask;
import io.omsbatch.api.task.TaskRef;
import io.omsbatch.testkit.history.RecordedEntry;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Whether a run kept to its waves, judged by the order of its facts. */
final class WavePromises {

    private final RunHistory history;
    private final Waves waves;
    private final List<List<MigrationTask>> planned;
    private final Map<TaskRef, Integer> waveOf = new HashMap<>();
    private final int[] left;
    private final int[] failed;
    private final Set<TaskRef> inFlight = new HashSet<>();
    private final Set<Integer> spent = new HashSet<>();

    private WavePromises(RunHistory history, Waves waves) {
        this.history = history;
        this.waves = waves;
        this.planned = history.plan().waves();
        this.left = new int[planned.size()];
        this.failed = new int[planned.size()];
        for (int wave = 0; wave < planned.size(); wave++) {
            left[wave] = planned.get(wave).size();
            for (MigrationTask task : planned.get(wave)) {
                waveOf.put(task.ref(), wave);
            }
        }
    }

    static void run7(RunHistory history) {
        Waves waves = history.plan().request().policy().waves();
        if (waves != null) {
            WavePromises promises = new WavePromises(history, waves);
            for (RecordedEntry entry : history.facts().toList()) {
                promises.take(RunHistory.record(entry));
            }
        }
    }

    private void take(JournalRecord fact) {
        Subject subject = fact.subject();
        Integer wave = subject == null ? null : waveOf.get(subject.task());
        if (subject == null || wave == null) {
            if (fact.kind() == Kind.WAVE && !"BEGUN".equals(fact.code())) {
                spent.add(Integer.parseInt(fact.detail().getOrDefault("wave", "0")) - 1);
            }
            return;
        }
        switch (fact.kind()) {
            case INTENT -> {
                inFlight.add(subject.task());
                judge(subject.task(), wave);
            }
            case RESULT, STEP_OVER -> inFlight.remove(subject.task());
            case OUTCOME -> {
                inFlight.remove(subject.task());
                left[wave]--;
                boolean counts = fact.code().equals(TaskOutcome.Kind.FAILED.name())
                        || fact.code().equals(TaskOutcome.Kind.UNKNOWN.name());
                failed[wave] += counts ? 1 : 0;
            }
            default -> {}
        }
    }

    private void judge(TaskRef task, int wave) {
        for (int before = 0; before < wave; before++) {
            if (left[before] != 0) {
                throw Breach.of(
                        "RUN-7",
                        history,
                        task + " of wave " + (wave + 1) + " was commanded while " + left[before] + " tasks of wave "
                                + (before + 1) + " had no outcome");
            }
        }
        if (!spent.contains(wave)) {
            FailureBudget budget = waves.budget();
            boolean strict = budget.mode() == FailureBudget.Mode.STRICT
                    && !history.operation().kind().isSwitchover();
            int most = budget.allowed(planned.get(wave).size())
                    + (strict ? 1 : history.bounds().concurrency());
            Breach.unless(
                    failed[wave] + inFlight.size() <= most,
                    "RUN-7",
                    history,
                    () -> inFlight.size() + " tasks were in flight after " + failed[wave] + " failures in wave "
                            + (wave + 1) + " with a budget of " + budget);
        }
    }
}
