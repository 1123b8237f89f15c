package io.omsbatch.testkit.check;

import io.omsbatch.api.journal.JournalRecord;
import io.omsbatch.api.journal.Subject;
import io.omsbatch.api.task.TaskRef;
import io.omsbatch.testkit.check.RunBounds.Pace;
import io.omsbatch.testkit.check.RunBounds.Shared;
import io.omsbatch.testkit.history.GatewayCall;
import io.omsbatch.testkit.history.Moment;
import io.omsbatch.testkit.history.RecordedEntry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Limits on what is in flight at once, and on how often it begins. */
final class LimitPromises {

    /** By these it is known what came of a command. */
    private static final Set<JournalRecord.Kind> KNOWN =
            EnumSet.of(JournalRecord.Kind.RESULT, JournalRecord.Kind.STEP_OVER, JournalRecord.Kind.OUTCOME);

    private LimitPromises() {}

    /** Something that is in flight from one moment to another, or for good. */
    private record Flight(Moment begun, @Nullable Moment ended) {}

    static void run10(RunHistory history) {
        List<Flight> calls = history.recording().calls().stream()
                .map(call -> new Flight(call.begun(), call.ended()))
                .toList();
        requireAtOnce(history, "calls", calls, history.bounds().concurrency());
        Pace pace = history.bounds().pace();
        if (pace != null) {
            requirePace(history, "calls", calls, pace);
        }
        history.bounds().shared().forEach(shared -> run10(history, shared));
    }

    private static void run10(RunHistory history, Shared shared) {
        Map<TaskRef, List<Moment>> known = new HashMap<>();
        for (RecordedEntry fact : history.recording().facts()) {
            JournalRecord record = fact.entry().record();
            Subject subject = record.subject();
            if (subject != null && KNOWN.contains(record.kind())) {
                known.computeIfAbsent(subject.task(), task -> new ArrayList<>()).add(fact.moment());
            }
        }
        Map<String, List<Flight>> flights = new HashMap<>();
        for (GatewayCall call : history.recording().calls()) {
            String key = call.kind().mutates() ? shared.key().apply(call.tasks().get(0)) : null;
            if (key != null) {
                Moment end = end(call, known.getOrDefault(call.tasks().get(0), List.of()));
                flights.computeIfAbsent(key, any -> new ArrayList<>()).add(new Flight(call.begun(), end));
            }
        }
        flights.forEach((key, each) -> {
            String what = "commands for " + shared.resource() + " " + key;
            requireAtOnce(history, what, each, shared.tasks());
            if (shared.pace() != null) {
                requirePace(history, what, each, shared.pace());
            }
        });
    }

    /** Returns when it was known what came of a command, and its call had returned. */
    private static @Nullable Moment end(GatewayCall call, List<Moment> known) {
        Moment returned = call.ended();
        Moment settled = known.stream()
                .filter(moment -> call.begun().before(moment))
                .findFirst()
                .orElse(null);
        if (returned == null || settled == null) {
            return null;
        }
        return returned.before(settled) ? settled : returned;
    }

    private static void requireAtOnce(RunHistory history, String what, List<Flight> flights, int most) {
        record Change(Moment moment, int by) {}
        List<Change> changes = new ArrayList<>();
        for (Flight flight : flights) {
            changes.add(new Change(flight.begun(), 1));
            if (flight.ended() != null) {
                changes.add(new Change(flight.ended(), -1));
            }
        }
        changes.sort((one, other) -> one.moment().compareTo(other.moment()));
        int inFlight = 0;
        for (Change change : changes) {
            inFlight += change.by();
            int now = inFlight;
            Breach.unless(
                    now <= most,
                    "RUN-10",
                    history,
                    () -> now + " " + what + " were in flight at "
                            + change.moment().at() + ", at most " + most + " were allowed");
        }
    }

    private static void requirePace(RunHistory history, String what, List<Flight> flights, Pace pace) {
        List<Moment> begun = flights.stream().map(Flight::begun).sorted().toList();
        for (int i = pace.most(); i < begun.size(); i++) {
            Instant last = begun.get(i).at();
            Duration between = Duration.between(begun.get(i - pace.most()).at(), last);
            Breach.unless(
                    between.compareTo(pace.per()) >= 0,
                    "RUN-10",
                    history,
                    () -> (pace.most() + 1) + " " + what + " began within " + between + " until " + last + ", at most "
                            + pace.most() + " were allowed in " + pace.per());
        }
    }
}
