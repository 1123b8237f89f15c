package io.omsbatch.examples.postgres.replication;

import io.omsbatch.examples.postgres.database.Session;
import io.omsbatch.examples.postgres.database.Sql;
import io.omsbatch.examples.postgres.schema.TableName;
import java.util.List;
import java.util.stream.Collectors;

/** The list of tables whose changes a database gives away. */
final class Publication {

    private Publication() {}

    static boolean isThere(Session session, String name) {
        return session.isTrue("SELECT EXISTS (SELECT FROM pg_publication WHERE pubname = ?)", name);
    }

    /**
     * Named tables, not all: a table that is made later without a key would otherwise fail for the application. They are locked before
     * there is anything to commit: whoever waits for a table later holds up every new slot of the server.
     */
    static void create(Session session, String name, List<TableName> tables) {
        if (isThere(session, name)) {
            return;
        }
        String list = tables.stream().map(TableName::quoted).collect(Collectors.joining(", "));
        session.atomically(() -> {
            if (!list.isEmpty()) {
                session.execute("LOCK TABLE " + list + " IN SHARE UPDATE EXCLUSIVE MODE");
            }
            session.execute("CREATE PUBLICATION " + Sql.name(name) + (list.isEmpty() ? "" : " FOR TABLE " + list));
            return name;
        });
    }

    static void drop(Session session, String name) {
        session.execute("DROP PUBLICATION IF EXISTS " + Sql.name(name));
    }
}
