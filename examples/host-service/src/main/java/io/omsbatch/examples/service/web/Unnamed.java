package io.omsbatch.examples.service.web;

import java.io.Serial;

/** A request does not say who acts. */
final class Unnamed extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    Unnamed() {
        super("the header " + ActorHeader.NAME + " is missing; the gateway in front of this service sets it");
    }
}
