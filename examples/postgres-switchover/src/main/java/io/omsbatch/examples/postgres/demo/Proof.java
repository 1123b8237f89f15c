package io.omsbatch.examples.postgres.demo;

import io.omsbatch.examples.postgres.database.Session;
import io.omsbatch.examples.postgres.platform.MigrationPlatform;
import io.omsbatch.examples.postgres.problem.PlatformFailure;
import io.omsbatch.examples.postgres.problem.Problem;
import io.omsbatch.examples.postgres.problem.Waiting;
import io.omsbatch.examples.postgres.replication.Direction;
import io.omsbatch.examples.postgres.shop.Shop;
import io.omsbatch.examples.postgres.shop.ShopWriter;
import io.omsbatch.examples.postgres.shop.WriteLedger.WriteCount;
import io.omsbatch.examples.postgres.show.ProgressBar;
import io.omsbatch.examples.postgres.show.Terminal;
import io.omsbatch.examples.postgres.verify.VerificationResult;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Shows by the databases themselves that a switchover lost nothing and that there is a way back. For one thread. */
final class Proof {
    private static final Duration ARRIVAL_LIMIT = Duration.ofSeconds(20);

    private final MigrationPlatform platform;
    private final Direction ended;
    private final Fleet fleet;
    private final List<String> names;
    private final Terminal terminal;
    private final List<String> doubts = new ArrayList<>();

    /**
     * A proof.
     *
     * @param ended which way rows flowed until the switchover
     * @param names the databases that were switched over
     */
    Proof(MigrationPlatform platform, Direction ended, Fleet fleet, List<String> names, Terminal terminal) {
        this.ended = ended;
        this.names = names;
        this.platform = platform;
        this.fleet = fleet;
        this.terminal = terminal;
    }

    /** Looks at every database; true if nothing speaks against it. */
    boolean holds() {
        int total = names.size();
        long rows = 0;
        int equal = 0;
        for (String name : names) {
            VerificationResult strict = platform.verifyStrictly(name);
            rows += strict.rows();
            equal += strict.matches() ? 1 : 0;
            doubtUnless(strict.matches(), name + ": " + strict.differences());
            terminal.going("Comparing " + ProgressBar.of(equal, total), List.of());
        }
        terminal.say(String.format("  %d of %d databases: strict checksums equal, %,d rows", equal, total, rows));
        writes(total);
        wayBack(total);
        doubts.forEach(doubt -> terminal.say("  NOT PROVEN " + doubt));
        return doubts.isEmpty();
    }

    private void writes(int total) {
        long committed = 0;
        long lost = 0;
        long ambiguous = 0;
        for (String name : names) {
            ShopWriter writer = fleet.writer(name);
            doubtUnless(writer.shutOut(), name + ": its writer did not write until the writing was stopped");
            try (Session entered = platform.beginOf(ended.opposite()).open(name)) {
                WriteCount count = writer.ledger().compare(ShopWriter.rowsIn(entered));
                committed += count.committed();
                lost += count.lost();
                ambiguous += writer.ledger().ambiguousCount();
                doubtUnless(
                        count.lost() == 0 && count.unexplained() == 0 && count.committed() > 0, name + ": " + count);
            }
        }
        terminal.say(String.format(
                "  %d of %d databases: %d writes lost of %,d that live writers committed (%d commits unanswered)",
                total - doubted("WriteCount"), total, lost, committed, ambiguous));
    }

    private void wayBack(int total) {
        long slowest = 0;
        int arrived = 0;
        for (String name : names) {
            platform.open(name, ended.opposite());
            String note = "written after the switchover " + System.nanoTime();
            long began = System.nanoTime();
            Shop.buy(platform.beginOf(ended.opposite()).address(), name, note);
            try {
                Waiting.untilTrue(
                        ARRIVAL_LIMIT,
                        () -> cameBack(name, note),
                        limit -> Problem.of(
                                "NOT_ARRIVED",
                                "no row came back within " + limit.toSeconds() + " s",
                                "look at the sync that was started last"));
                arrived++;
                slowest = Math.max(
                        slowest, Duration.ofNanos(System.nanoTime() - began).toMillis());
            } catch (PlatformFailure e) {
                doubts.add(name + ": " + e.problem().message());
            }
        }
        terminal.say(String.format(
                "  %d of %d databases: a row written to the %s arrived at its %s, the slowest in %d ms",
                arrived, total, side(ended.opposite()), side(ended), slowest));
    }

    private static String side(Direction direction) {
        return direction == Direction.FORWARD ? "source" : "target";
    }

    private boolean cameBack(String name, String note) {
        try (Session left = platform.beginOf(ended).open(name)) {
            return left.isTrue("SELECT EXISTS (SELECT FROM shop.purchase WHERE note = ?)", note);
        }
    }

    private void doubtUnless(boolean proven, String doubt) {
        if (!proven) {
            doubts.add(doubt);
        }
    }

    private int doubted(String about) {
        return (int) doubts.stream().filter(doubt -> doubt.contains(about)).count();
    }
}
