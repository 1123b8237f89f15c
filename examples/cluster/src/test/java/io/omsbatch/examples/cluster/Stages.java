package io.omsbatch.examples.cluster;

import io.omsbatch.examples.cluster.database.Database;

/** Lends the platform of a stage without replicas; its own hook closes the stage. */
public final class Stages {

    private Stages() {}

    public static Database platform(int each) {
        return new Stage(each).platform();
    }
}
