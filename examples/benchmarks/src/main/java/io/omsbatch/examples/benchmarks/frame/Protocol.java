package io.omsbatch.examples.benchmarks.frame;

/**
 * How a workload is measured.
 *
 * @param items how many items an iteration is over
 * @param warmups how many iterations go before, unmeasured, in each JVM
 * @param measured how many iterations are measured in each JVM
 * @param heap what the JVM gets, least and most, as {@code -Xmx} wants it
 * @param durable whether it writes to disk, so that the disk is looked at before and after
 */
public record Protocol(int items, int warmups, int measured, String heap, boolean durable) {

    /** Checks the numbers. */
    public Protocol {
        if (items < 1 || warmups < 0 || measured < 1) {
            throw new IllegalArgumentException(
                    "no protocol: " + items + " items, " + warmups + " warm-ups, " + measured + " measured iterations");
        }
    }

    /**
     * Returns a protocol in memory, with 2 GB of heap.
     *
     * @param items how many items
     * @param warmups how many warm-ups
     * @param measured how many measured iterations
     * @return the protocol
     */
    public static Protocol inMemory(int items, int warmups, int measured) {
        return new Protocol(items, warmups, measured, "2g", false);
    }

    /**
     * Returns a protocol with a disk, and 2 GB of heap.
     *
     * @param items how many items
     * @param warmups how many warm-ups
     * @param measured how many measured iterations
     * @return the protocol
     */
    public static Protocol onDisk(int items, int warmups, int measured) {
        return new Protocol(items, warmups, measured, "2g", true);
    }

    /**
     * Returns this protocol with another heap.
     *
     * @param value what the JVM gets
     * @return the changed protocol
     */
    public Protocol withHeap(String value) {
        return new Protocol(items, warmups, measured, value, durable);
    }

    /**
     * Returns this protocol with other numbers.
     *
     * @param otherItems how many items
     * @param otherWarmups how many warm-ups
     * @param otherMeasured how many measured iterations
     * @return the changed protocol
     */
    public Protocol with(int otherItems, int otherWarmups, int otherMeasured) {
        return new Protocol(otherItems, otherWarmups, otherMeasured, heap, durable);
    }
}
