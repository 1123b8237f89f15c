package io.omsbatch.examples.postgres.drive;

import io.omsbatch.examples.postgres.database.Lsn;
import io.omsbatch.examples.postgres.problem.PlatformFailure;
import io.omsbatch.examples.postgres.problem.Problem;
import io.omsbatch.examples.postgres.problem.Waiting;
import io.omsbatch.examples.postgres.replication.Direction;
import io.omsbatch.examples.postgres.replication.SyncPosition;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;

/** Waits until the end of a link has applied the log of its beginning up to a position. */
final class CatchUp {

    private static final Duration LAG_LIMIT = Duration.ofSeconds(5);

    private CatchUp() {}

    /** A link of a database. */
    record Ref(String database, Direction direction) {}

    /** Until its rows can be read there. */
    static void awaitVisible(Servers servers, Ref link, Lsn position, Duration limit) {
        await(servers, link, position, limit, SyncPosition::visible);
    }

    /** Until its rows are durable there too. */
    static void awaitApplied(Servers servers, Ref link, Lsn position, Duration limit) {
        await(servers, link, position, limit, SyncPosition::applied);
    }

    /** How far the target is behind; a platform that has just begun to look does not know at once. */
    static Optional<Duration> lag(Servers servers, Ref link) {
        try {
            return Optional.of(Waiting.until(
                    LAG_LIMIT,
                    () -> sync(servers, link).flatMap(SyncPosition::lag),
                    waited -> Problem.passing(
                            "LAG_UNKNOWN", "the lag of " + link.database() + " is unknown", "look again")));
        } catch (PlatformFailure unknown) {
            return Optional.empty();
        }
    }

    private static void await(
            Servers servers, Ref link, Lsn position, Duration limit, Function<SyncPosition, Lsn> reached) {
        Waiting.untilTrue(
                limit,
                () -> sync(servers, link)
                        .filter(sync -> reached.apply(sync).reached(position))
                        .isPresent(),
                waited -> Problem.passing(
                        "NOT_CAUGHT_UP",
                        "the receiving side of task " + link.database() + " has not reached " + position + " within "
                                + waited.toSeconds() + " s; it is at "
                                + sync(servers, link)
                                        .map(sync -> reached.apply(sync).toString())
                                        .orElse("no known position"),
                        "see that the subscription's worker is running and not held up, then repeat"));
    }

    private static Optional<SyncPosition> sync(Servers servers, Ref link) {
        // a position that was reached a moment ago is reached
        return servers.recentLook().sync(link.database(), link.direction());
    }
}
