package io.omsbatch.core.internal.limit;

import java.util.List;

/** The places of one task, one at each resource that it uses, with which it may be commanded. Guarded by the lock of the limits that gave it. */
public final class Places {

    /** Of a task that shares nothing. */
    static final Places FREE = new Places(List.of(), false);

    final List<ResourceKey> keys;

    /** Whether its command has yet to begin. */
    boolean reserved;

    /** Whether they were given back. */
    boolean over;

    /** Whether their task no longer needs them, while the call that was given up has not returned. */
    boolean hung;

    Places(List<ResourceKey> keys, boolean reserved) {
        this.keys = keys;
        this.reserved = reserved;
    }

    /** Returns whether its task shares nothing, so that nobody waits for it. */
    public boolean free() {
        return keys.isEmpty();
    }

    /** Returns whether the command began; only the holder makes it begin. */
    public boolean begun() {
        return !reserved;
    }
}
