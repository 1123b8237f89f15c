package io.omsbatch.examples.cluster;

import io.omsbatch.examples.cluster.database.Database;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;

/** Which replica tended which run, by the service's own notes. */
final class Tending {
    private final Database service;

    Tending(Database service) {
        this.service = service;
    }

    /** The runs that a replica tended last of all. */
    List<String> runsOf(String replica) {
        return service.query(
                "SELECT run_id FROM (SELECT DISTINCT ON (run_id) run_id, replica FROM tended ORDER BY run_id, at DESC) t"
                        + " WHERE replica = ?",
                row -> row.getString(1),
                replica);
    }

    /** How many runs a replica began, or took over. */
    int count(String replica, String how) {
        return service.query(
                        "SELECT count(*) FROM tended WHERE replica = ? AND how = ?", row -> row.getInt(1), replica, how)
                .get(0);
    }

    /** The time of the database, by which all these notes are. */
    Instant now() {
        return service.query(
                        "SELECT clock_timestamp()",
                        row -> row.getObject(1, OffsetDateTime.class).toInstant())
                .get(0);
    }

    /** Who took a run over last, and when. */
    List<Takeover> takeovers(String runId) {
        return service.query(
                "SELECT replica, at FROM tended WHERE run_id = ? AND how = 'took over' ORDER BY at",
                row -> new Takeover(
                        row.getString(1), row.getObject(2, OffsetDateTime.class).toInstant()),
                runId);
    }

    /**
     * A replica goes on with a run of another.
     *
     * @param replica which one
     * @param at when
     */
    record Takeover(String replica, Instant at) {}
}
