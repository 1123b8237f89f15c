package io.omsbatch.examples.service.platform;

/** Who is woken when a job fails. */
public enum Alarm {
    /** Nobody. */
    OFF,
    /** Whoever reads mail. */
    MAIL,
    /** Whoever is at work. */
    CHAT,
    /** Whoever is on call. */
    PAGER
}
