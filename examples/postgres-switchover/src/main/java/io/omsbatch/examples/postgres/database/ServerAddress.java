package io.omsbatch.examples.postgres.database;

/**
 * Where one server listens and as whom the platform works there. Immutable. The example's servers trust local
 * connections, so there is no password here; a real platform would take it from its secret store.
 *
 * @param name what people call it: source or target
 * @param host host name
 * @param port TCP port
 * @param user the platform's role
 */
public record ServerAddress(String name, String host, int port, String user) {

    /** The JDBC address of one of its databases. */
    public String jdbcUrl(String database) {
        return "jdbc:postgresql://" + host + ":" + port + "/" + database;
    }

    /** How the other server connects to one of its databases when it subscribes there. */
    public String subscriptionConnection(String database) {
        return "host=" + host + " port=" + port + " dbname=" + database + " user=" + user + " connect_timeout=5";
    }

    @Override
    public String toString() {
        return name + " (" + host + ":" + port + ")";
    }
}
