package io.omsbatch.examples.cluster.fleet;

import io.omsbatch.examples.cluster.Stages;
import io.omsbatch.examples.cluster.database.Database;

/** A platform on a server that all tests share, stopped with the virtual machine. */
final class SharedServer {
    private static final Database PLATFORM = Stages.platform(2);

    private SharedServer() {}

    static Database platform() {
        return PLATFORM;
    }
}
