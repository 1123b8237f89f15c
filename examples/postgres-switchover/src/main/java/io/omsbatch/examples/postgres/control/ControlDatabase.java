package io.omsbatch.examples.postgres.control;

import io.omsbatch.examples.postgres.database.Databases;
import io.omsbatch.examples.postgres.database.Session;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/**
 * The database of the platform itself, on one of the two servers. Everything the platform must not forget is in it, so
 * that a process may be killed at any moment and another go on. Thread-safe.
 */
public final class ControlDatabase {
    private static final String NAME = "oms_control";

    private final Databases server;

    private ControlDatabase(Databases server) {
        this.server = server;
    }

    /** Creates it where it is absent. */
    public static ControlDatabase on(Databases server) {
        server.createDatabase(NAME);
        ControlDatabase control = new ControlDatabase(server);
        try (Session session = control.open()) {
            session.execute(script());
        }
        return control;
    }

    /** The same database for a user who may lose the right to it, see {@link Databases#unless}. */
    public ControlDatabase unless(Runnable lost) {
        return new ControlDatabase(server.unless(lost));
    }

    /** Borrows a connection to it. */
    public Session open() {
        return server.open(NAME);
    }

    private static String script() {
        try (InputStream script = ControlDatabase.class.getResourceAsStream("control.sql")) {
            if (script == null) {
                throw new IllegalStateException("control.sql is not on the class path");
            }
            return new String(script.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("control.sql", e);
        }
    }
}
