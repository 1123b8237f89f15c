package io.omsbatch.core.simulation;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import org.slf4j.LoggerFactory;

/** Every trial has its troubles, and the engine says so: ten thousand times that is of no use to anybody. */
final class Hush {

    private static final Logger ENGINE = (Logger) LoggerFactory.getLogger("io.omsbatch.core.internal");

    private Hush() {}

    static void engine() {
        ENGINE.setLevel(Level.OFF);
    }

    static void over() {
        ENGINE.setLevel(null);
    }
}
