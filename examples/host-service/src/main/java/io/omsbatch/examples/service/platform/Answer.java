package io.omsbatch.examples.service.platform;

/**
 * What the platform says to an order.
 *
 * @param kind what became of it
 * @param code why not, for programs; empty if it was taken
 * @param text why not, for people; empty if it was taken
 */
public record Answer(Kind kind, String code, String text) {

    /** What became of an order. */
    public enum Kind {
        /** It is done, or will be. */
        TAKEN,
        /** It was not done and will not be. */
        REFUSED,
        /** It came after its deadline and was not done. */
        LATE
    }

    static Answer taken() {
        return new Answer(Kind.TAKEN, "", "");
    }

    static Answer late(Ticket ticket) {
        return new Answer(Kind.LATE, "LATE", "the order came after " + ticket.deadline());
    }

    static Answer refused(String code, String text) {
        return new Answer(Kind.REFUSED, code, text);
    }
}
