package io.omsbatch.core.internal.run;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Lets slots that come with changes leave them to the one that is making changes already, which then makes those of all together,
 * so that one slot waits for the journal and the others go on. Whoever comes while nobody is at it makes them at once. Changes
 * without facts wait for nobody.
 */
final class TurnWriter {

    private final ReentrantLock lock;
    private final Consumer<List<Turn>> commit;
    private final Runnable goOn;

    /** What was left here and nobody has taken; guarded by the lock. */
    private Left left = new Left();

    /** Whether a slot is making changes; guarded by the lock. */
    private boolean writing;

    private static final class Left {
        final List<Turn> turns = new ArrayList<>();
        final List<Runnable> afterwards = new ArrayList<>();
    }

    /**
     * Creates it without changes.
     *
     * @param lock the run's lock
     * @param commit makes changes, and throws nothing
     * @param goOn is called after changes were made, and throws nothing
     */
    TurnWriter(ReentrantLock lock, Consumer<List<Turn>> commit, Runnable goOn) {
        this.lock = lock;
        this.commit = commit;
        this.goOn = goOn;
    }

    /**
     * Makes changes that tell what is true, now or soon; the lock must not be held.
     *
     * @param turns the changes
     * @param then is called once they were made, or could not be
     */
    void make(List<Turn> turns, Runnable then) {
        List<Turn> silent = new ArrayList<>(turns.size());
        List<Turn> telling = new ArrayList<>();
        for (Turn turn : turns) {
            (turn.records().isEmpty() ? silent : telling).add(turn);
        }
        if (telling.isEmpty()) {
            make(silent, List.of(then));
            return;
        }
        if (!silent.isEmpty()) {
            make(silent, List.of());
        }
        if (leave(telling, then)) {
            write();
        }
    }

    /** Leaves changes here; returns whether nobody is at it who takes them. */
    private boolean leave(List<Turn> telling, Runnable then) {
        lock.lock();
        try {
            left.turns.addAll(telling);
            left.afterwards.add(then);
            boolean mine = !writing;
            writing = true;
            return mine;
        } finally {
            lock.unlock();
        }
    }

    private void write() {
        for (Left next = takeLeft(); next != null; next = takeLeft()) {
            make(next.turns, next.afterwards);
        }
    }

    private @Nullable Left takeLeft() {
        lock.lock();
        try {
            Left taken = left;
            left = new Left();
            writing = !taken.turns.isEmpty();
            return writing ? taken : null;
        } finally {
            lock.unlock();
        }
    }

    private void make(List<Turn> turns, List<Runnable> afterwards) {
        commit.accept(turns);
        afterwards.forEach(Runnable::run);
        goOn.run();
    }
}
