package io.omsbatch.examples.service.platform;

/**
 * What the platform's rules say to an order.
 *
 * @param kind what happens
 * @param job the job as it is afterwards
 * @param code why not, for programs; empty if it is not refused
 * @param text why not, for people; empty if it is not refused
 */
record Ruling(Kind kind, Job job, String code, String text) {

    /** What happens. */
    enum Kind {
        /** The job changes. */
        CHANGED,
        /** The job goes. */
        REMOVED,
        /** What was ordered is so already, or under way. */
        NEEDLESS,
        /** Nothing happens. */
        REFUSED
    }

    static Ruling changed(Job job) {
        return new Ruling(Kind.CHANGED, job, "", "");
    }

    static Ruling removed(Job job) {
        return new Ruling(Kind.REMOVED, job, "", "");
    }

    static Ruling needless(Job job) {
        return new Ruling(Kind.NEEDLESS, job, "", "");
    }

    static Ruling refused(Job job, String code, String text) {
        return new Ruling(Kind.REFUSED, job, code, text);
    }
}
