package io.omsbatch.testkit.history;

import io.omsbatch.api.task.TaskRef;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Collects the calls of a gateway. Thread-safe.
 *
 * @since 0.1.0
 */
public final class CallLog {

    /** A call under way. Thread-safe. */
    public final class Entry {

        private final int number;
        private final CallKind kind;
        private final List<TaskRef> tasks;
        private final GatewayCall.@Nullable Order order;
        private final Moment begun;
        private @Nullable Moment ended;
        private @Nullable Moment effect;
        private GatewayAnswer answer = GatewayAnswer.of(GatewayAnswer.Kind.PENDING, "");
        private String note = "";

        private Entry(int number, CallKind kind, Collection<TaskRef> tasks, GatewayCall.@Nullable Order order) {
            this.number = number;
            this.kind = kind;
            this.tasks = List.copyOf(tasks);
            this.order = order;
            this.begun = recorder.now();
        }

        /**
         * Records that the call ended.
         *
         * @param how what it answered
         */
        public void ended(GatewayAnswer how) {
            synchronized (CallLog.this) {
                ended = recorder.now();
                answer = how;
            }
        }

        /**
         * Records that the call changed something.
         *
         * @param at when
         */
        public void tookEffect(Instant at) {
            synchronized (CallLog.this) {
                if (effect == null) {
                    effect = recorder.at(at);
                }
            }
        }

        /**
         * Adds what a simulation did to the call.
         *
         * @param text what
         */
        public void note(String text) {
            synchronized (CallLog.this) {
                note = note.isEmpty() ? text : note + ", " + text;
            }
        }

        private GatewayCall asCall() {
            return new GatewayCall(
                    number, kind, tasks, order, new GatewayCall.Timing(begun, ended, effect), answer, note);
        }
    }

    private final Recorder recorder;
    private final List<Entry> entries = new ArrayList<>();

    /**
     * Creates an empty log.
     *
     * @param recorder gives the calls their order
     */
    public CallLog(Recorder recorder) {
        this.recorder = recorder;
    }

    /**
     * Records that a call began.
     *
     * @param kind which call
     * @param tasks which tasks it is for
     * @param order what is ordered; null for a call that only looks
     * @return the call under way
     */
    public synchronized Entry begin(CallKind kind, Collection<TaskRef> tasks, GatewayCall.@Nullable Order order) {
        Entry entry = new Entry(entries.size() + 1, kind, tasks, order);
        entries.add(entry);
        return entry;
    }

    /** Returns all calls so far, by when they began. */
    public synchronized List<GatewayCall> calls() {
        return entries.stream().map(Entry::asCall).toList();
    }
}
