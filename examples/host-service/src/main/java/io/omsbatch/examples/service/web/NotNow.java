package io.omsbatch.examples.service.web;

import java.io.Serial;

/** It cannot be done as things are. */
final class NotNow extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    private final String code;

    NotNow(String code, String message) {
        super(message);
        this.code = code;
    }

    String code() {
        return code;
    }
}
