package io.omsbatch.examples.postgres.replication;

import io.omsbatch.examples.postgres.database.Lsn;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * How far a target has come.
 *
 * @param visible up to which position of the source its rows are visible on the target
 * @param applied up to which they are durable there too, and the source knows it
 * @param upTo everything committed on the source before this time is there; empty if that is too long ago to be known
 * @param lag how long ago that is
 * @param sampledAt when this was seen
 */
public record SyncPosition(
        Lsn visible, Lsn applied, Optional<Instant> upTo, Optional<Duration> lag, Instant sampledAt) {}
