package io.omsbatch.examples.postgres.server;

/**
 * What a pair of servers is to be. Immutable.
 *
 * @param source version of the source
 * @param target version of the target
 * @param tasks how many databases are going to be migrated at once, from 1
 * @param lasting whether the data is to outlive more than processes, so that each commit waits for the disk
 */
public record ServerPlan(PostgresVersion source, PostgresVersion target, int tasks, boolean lasting) {

    /** Servers whose data is thrown away with them. */
    public static ServerPlan fleeting(PostgresVersion source, PostgresVersion target, int tasks) {
        return new ServerPlan(source, target, tasks, false);
    }
}
