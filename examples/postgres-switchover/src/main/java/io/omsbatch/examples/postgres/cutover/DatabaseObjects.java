package io.omsbatch.examples.postgres.cutover;

import io.omsbatch.examples.postgres.database.Databases;
import io.omsbatch.examples.postgres.database.Session;
import io.omsbatch.examples.postgres.problem.PlatformFailure;
import io.omsbatch.examples.postgres.schema.Constraint;
import io.omsbatch.examples.postgres.schema.Sequence;
import io.omsbatch.examples.postgres.schema.Trigger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * What replication does not carry: sequences, foreign keys, triggers with their functions. Done once no rows come in any
 * more; each object by itself, so that one that fails does not stop the others. May be repeated. Thread-safe.
 */
public final class DatabaseObjects {
    private static final Duration VALIDATION_LIMIT = Duration.ofMinutes(5);

    private final Databases source;
    private final Databases target;
    private final String database;

    /** The objects of {@code database}. */
    public DatabaseObjects(Databases source, Databases target, String database) {
        this.source = source;
        this.target = target;
        this.database = database;
    }

    /** What is to be done. */
    public List<ObjectState> pending() {
        try (Session from = source.open(database)) {
            return work(from).stream()
                    .map(work -> new ObjectState(work.id(), work.description(), ObjectState.Going.PENDING, ""))
                    .toList();
        }
    }

    /** Does it, and says of each object how that went. */
    public List<ObjectState> process() {
        try (Session from = source.open(database);
                Session to = target.open(database).limitedTo(VALIDATION_LIMIT)) {
            return work(from).stream().map(work -> attempt(work, to)).toList();
        }
    }

    /** Removes from the target what {@link #process()} made there; sequences may stand where they stand. */
    public void remove() {
        try (Session from = source.open(database);
                Session to = target.open(database)) {
            Constraint.foreignKeys(from).forEach(key -> to.execute(key.removal()));
            Trigger.all(from).forEach(trigger -> to.execute(trigger.removal()));
        }
    }

    private static ObjectState attempt(Work work, Session to) {
        try {
            String said = work.move().on(to);
            return new ObjectState(work.id(), work.description(), ObjectState.Going.DONE, said);
        } catch (PlatformFailure e) {
            return new ObjectState(
                    work.id(),
                    work.description(),
                    ObjectState.Going.FAILED,
                    e.problem().message());
        }
    }

    private static List<Work> work(Session from) {
        List<Work> work = new ArrayList<>();
        for (Sequence sequence : Sequence.all(from)) {
            work.add(new Work("sequence " + sequence.name(), "let it continue where the source stopped", to -> {
                sequence.continueIn(to);
                return "continues after " + sequence.last();
            }));
        }
        for (Trigger trigger : Trigger.all(from)) {
            work.add(new Work("trigger " + trigger, "create it with its function", to -> {
                trigger.createIn(to);
                return "created";
            }));
        }
        for (Constraint key : Constraint.foreignKeys(from)) {
            work.add(new Work("foreign key " + key, "add it, then check every row", to -> {
                // the first holds its lock for a moment only, the second lets others work meanwhile
                if (!key.isThere(to)) {
                    to.execute(key.addition(" NOT VALID"));
                }
                if (!key.isValid(to)) {
                    to.execute(key.validation());
                }
                return "added and valid";
            }));
        }
        return work;
    }

    private record Work(String id, String description, Move move) {}

    /** What is done to one object. */
    private interface Move {
        String on(Session target);
    }
}
