package io.omsbatch.examples.postgres.shop;

import io.omsbatch.examples.postgres.database.Databases;
import io.omsbatch.examples.postgres.database.ServerAddress;
import io.omsbatch.examples.postgres.database.Session;
import io.omsbatch.examples.postgres.database.Sql;
import io.omsbatch.examples.postgres.database.SqlFailure;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;

/** The application's databases: one shop each, of three tables with keys, sequences, foreign keys and a trigger. */
public final class Shop {
    /** The role of the application; not a superuser, because nobody can shut a door on a superuser. */
    public static final String ROLE = "shop_app";

    private static final Duration SEED_LIMIT = Duration.ofMinutes(2);

    private Shop() {}

    /** Creates the application's role on a server; does nothing if it is there. */
    public static void createRole(Databases server) {
        try (Session session = server.openServer()) {
            session.execute("CREATE ROLE " + ROLE + " LOGIN");
        } catch (SqlFailure e) {
            if (!e.alreadyThere()) {
                throw e;
            }
        }
    }

    /**
     * Creates a database with a shop in it.
     *
     * @param database the name of a database that does not exist
     * @param rows how many purchases there are to begin with; one line each, and one customer for every ten
     */
    public static void create(Databases server, String database, int rows) {
        try (Session session = server.openServer().limitedTo(SEED_LIMIT)) {
            session.execute("CREATE DATABASE " + Sql.name(database));
        }
        try (Session session = server.open(database).limitedTo(SEED_LIMIT)) {
            session.execute(script());
            int customers = Math.max(1, rows / 10);
            session.update(
                    "INSERT INTO shop.customer (name, email, balance)"
                            + " SELECT 'Customer ' || n, 'c' || n || '@' || current_database(), round((random() * 1000)::numeric, 2)"
                            + " FROM generate_series(1, ?) n",
                    customers);
            session.update(
                    "INSERT INTO shop.purchase (customer_id, note, bought_at)"
                            + " SELECT 1 + n % ?, CASE WHEN n % 7 = 0 THEN NULL ELSE md5(random()::text) END,"
                            + " now() - n * interval '1 minute' FROM generate_series(1, ?) n",
                    customers, rows);
            session.update(
                    "INSERT INTO shop.purchase_line SELECT id, 1, 'sku-' || id % 97, 1 + id % 5 FROM shop.purchase");
            session.execute("ANALYZE");
        }
    }

    /** Buys something as the application does. */
    public static void buy(ServerAddress server, String database, String note) {
        try (Connection connection = ShopWriter.connect(server, database);
                PreparedStatement purchase =
                        connection.prepareStatement("INSERT INTO shop.purchase (customer_id, note) VALUES (1, ?)")) {
            purchase.setString(1, note);
            purchase.executeUpdate();
            connection.commit();
        } catch (SQLException e) {
            throw new IllegalStateException("could not buy in " + database + " on " + server, e);
        }
    }

    private static String script() {
        try (InputStream script = Shop.class.getResourceAsStream("shop.sql")) {
            if (script == null) {
                throw new IllegalStateException("shop.sql is not on the class path");
            }
            return new String(script.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("shop.sql", e);
        }
    }
}
