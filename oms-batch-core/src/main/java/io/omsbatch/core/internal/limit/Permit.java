package io.omsbatch.core.internal.limit;

import java.util.List;

/** The leave of one task to be commanded, a place at each resource that it uses. Guarded by the lock of the limits that gave it. */
public final class Permit {

    /** Of a task that shares nothing. */
    static final Permit FREE = new Permit(List.of(), false);

    final List<ResourceKey> keys;

    /** Whether its command has yet to begin. */
    boolean reserved;

    /** Whether it was given back. */
    boolean over;

    /** Whether its task no longer needs it, while the call that was given up has not returned. */
    boolean hung;

    Permit(List<ResourceKey> keys, boolean reserved) {
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
