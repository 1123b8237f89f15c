package io.omsbatch.examples.postgres;

import io.omsbatch.examples.postgres.server.PostgresVersion;
import io.omsbatch.examples.postgres.server.ServerPair;
import java.util.EnumMap;
import java.util.Map;

/** One pair of servers for each source version, started when first asked for and stopped with the virtual machine. */
public final class SharedServers {
    private static final int TASKS = 20;
    private static final Map<PostgresVersion, ServerPair> PAIRS = new EnumMap<>(PostgresVersion.class);

    private SharedServers() {}

    /** From this version to the newest. */
    public static synchronized ServerPair from(PostgresVersion version) {
        return PAIRS.computeIfAbsent(version, source -> ServerPair.start(source, PostgresVersion.V18, TASKS));
    }
}
