package io.omsbatch.examples.service.web;

import io.omsbatch.api.operation.Actor;
import java.io.Serial;

/** Somebody may not do what was asked for. */
final class Denied extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    Denied(Actor actor, String what) {
        super(actor + " may not " + what);
    }
}
