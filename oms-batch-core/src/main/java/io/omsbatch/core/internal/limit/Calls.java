package io.omsbatch.core.internal.limit;

/** Calls that may begin at any moment. Guarded by the lock of the rate that they are reserved with. */
public final class Calls {

    /** Where there is no rate. */
    static final Calls ANY = new Calls(0);

    int reserved;

    /** Whether what was left of them was given back, so that no more may begin. */
    boolean over;

    Calls(int reserved) {
        this.reserved = reserved;
    }
}
