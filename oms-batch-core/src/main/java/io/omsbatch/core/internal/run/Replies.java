package io.omsbatch.core.internal.run;

import io.omsbatch.api.gateway.GatewayReply;
import io.omsbatch.core.internal.call.CallResult;
import io.omsbatch.core.internal.durable.CallVerdict;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;

/** What came of the calls of one slot and is not dealt with yet. Thread-safe, because a call that hangs is given up by another thread. */
final class Replies {

    /**
     * What came of a call.
     *
     * @param entry its task
     * @param result the result
     * @param verdict what it means
     */
    record Reply(TaskEntry entry, CallResult<GatewayReply> result, CallVerdict verdict) {}

    private final ReentrantLock lock = new ReentrantLock();
    private List<Reply> replies = new ArrayList<>();

    void add(Reply reply) {
        lock.lock();
        try {
            replies.add(reply);
        } finally {
            lock.unlock();
        }
    }

    /** Takes all of them, so that nobody else does. */
    List<Reply> takeAll() {
        lock.lock();
        try {
            List<Reply> taken = replies;
            replies = new ArrayList<>();
            return taken;
        } finally {
            lock.unlock();
        }
    }
}
