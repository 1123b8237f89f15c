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
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What replication does not carry: sequences, foreign keys, triggers with their functions. Done once no rows come in any
 * more; each object by itself, so that one that fails does not stop the others. May be repeated. Thread-safe.
 */
public final class DatabaseObjects {
    private static final Duration VALIDATION_LIMIT = Duration.ofMinutes(5);

    private final Databases source;
    private final Databases target;
    private final String database;

    /**
     * The objects of {@code database}.
     *
     * @param source where the application is
     * @param target where it is going
     */
    public DatabaseObjects(Databases source, Databases target, String database) {
        this.source = source;
        this.target = target;
        this.database = database;
    }

    /**
     * What is to be done.
     *
     * @param noted what was noted of them in this round so far; what was ours then is ours
     */
    public List<ObjectState> pending(List<ObjectState> noted) {
        Set<String> ours = ours(noted);
        try (Session from = source.open(database);
                Session to = target.open(database)) {
            return work(from).stream()
                    .map(work -> new ObjectState(
                            work.id(),
                            work.description(),
                            ObjectState.Going.PENDING,
                            "",
                            ours.contains(work.id()) || !work.made().on(to)))
                    .toList();
        }
    }

    /**
     * Does it, and says of each object how that went.
     *
     * @param noted what {@link #pending} said, and was noted before anything was made
     */
    public List<ObjectState> process(List<ObjectState> noted) {
        Set<String> ours = ours(noted);
        try (Session from = source.open(database);
                Session to = target.open(database).limitedTo(VALIDATION_LIMIT)) {
            return work(from).stream()
                    .map(work -> attempt(work, to, ours.contains(work.id())))
                    .toList();
        }
    }

    /**
     * Removes from the target what {@link #process} made there; sequences may stand where they stand.
     *
     * @param noted what was noted of the objects in this round
     */
    public void remove(List<ObjectState> noted) {
        Set<String> ours = ours(noted);
        try (Session from = source.open(database);
                Session to = target.open(database)) {
            work(from).stream()
                    .filter(work -> ours.contains(work.id()) && !work.removal().isEmpty())
                    .forEach(work -> to.execute(work.removal()));
        }
    }

    private static Set<String> ours(List<ObjectState> noted) {
        return noted.stream().filter(ObjectState::ours).map(ObjectState::id).collect(Collectors.toSet());
    }

    private static ObjectState attempt(Work work, Session to, boolean ours) {
        ObjectState.Going going = ObjectState.Going.DONE;
        String said;
        try {
            said = work.move().on(to);
        } catch (PlatformFailure e) {
            going = ObjectState.Going.FAILED;
            said = e.problem().message();
        }
        return new ObjectState(work.id(), work.description(), going, said, ours);
    }

    private static List<Work> work(Session from) {
        List<Work> work = new ArrayList<>();
        for (Sequence sequence : Sequence.all(from)) {
            String id = "sequence " + sequence.name();
            work.add(new Work(id, "let it continue where it stopped", to -> true, "", to -> {
                sequence.continueIn(to);
                return "continues after " + sequence.last();
            }));
        }
        for (Trigger trigger : Trigger.all(from)) {
            String id = "trigger " + trigger;
            work.add(new Work(id, "create it with its function", trigger::isThere, trigger.removal(), to -> {
                trigger.createIn(to);
                return "created";
            }));
        }
        for (Constraint key : Constraint.foreignKeys(from)) {
            String id = "foreign key " + key;
            work.add(new Work(id, "add it, then check every row", key::isThere, key.removal(), to -> {
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

    /**
     * One object.
     *
     * @param id its kind and name
     * @param description what is to be done
     * @param made whether it is there already
     * @param removal the statement that removes it; empty for what stays
     * @param move what is done
     */
    private record Work(String id, String description, Look made, String removal, Move move) {}

    /** A look at one object. */
    private interface Look {
        boolean on(Session target);
    }

    /** What is done to one object. */
    private interface Move {
        String on(Session target);
    }
}
