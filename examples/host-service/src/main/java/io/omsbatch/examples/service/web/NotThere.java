package io.omsbatch.examples.service.web;

import io.omsbatch.api.SafeText;
import java.io.Serial;

/** There is nothing of this name. */
final class NotThere extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    private static final int SHOWN = 64;

    NotThere(String what, String id) {
        super("there is no " + what + " " + SafeText.escape(id, SHOWN));
    }
}
