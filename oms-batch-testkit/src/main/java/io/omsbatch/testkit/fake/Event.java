package io.omsbatch.testkit.fake;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Something that can happen in a simulation: a task that begins, a timer that fires, or a blocked thread that goes on. Only
 * the thread that holds the baton touches it.
 */
final class Event {

    /** What happens. */
    enum Kind {
        TASK,
        TIMER,
        THREAD
    }

    /** Whether it still can. */
    enum State {
        LATER,
        READY,
        GONE
    }

    private final Kind kind;
    private final @Nullable Runnable work;
    private final @Nullable SimulatedThread thread;
    private final boolean interruptible;
    private State state = State.LATER;

    private Event(Kind kind, @Nullable Runnable work, @Nullable SimulatedThread thread, boolean interruptible) {
        this.kind = kind;
        this.work = work;
        this.thread = thread;
        this.interruptible = interruptible;
    }

    static Event task(Runnable work) {
        return new Event(Kind.TASK, Objects.requireNonNull(work, "task"), null, false);
    }

    static Event timer(Runnable work) {
        return new Event(Kind.TIMER, Objects.requireNonNull(work, "task"), null, false);
    }

    static Event thread(SimulatedThread thread, boolean interruptible) {
        return new Event(Kind.THREAD, null, thread, interruptible);
    }

    Kind kind() {
        return kind;
    }

    Runnable work() {
        return Objects.requireNonNull(work, "work");
    }

    SimulatedThread thread() {
        return Objects.requireNonNull(thread, "thread");
    }

    boolean interruptible() {
        return interruptible;
    }

    State state() {
        return state;
    }

    void become(State next) {
        state = next;
    }

    @Override
    public String toString() {
        return switch (kind) {
            case TASK -> "begin task " + work().getClass().getName();
            case TIMER -> "fire timer " + work().getClass().getName();
            case THREAD -> "continue thread " + thread().getName();
        };
    }
}
