package io.omsbatch.examples.postgres.demo;

import io.omsbatch.examples.postgres.database.Session;
import io.omsbatch.examples.postgres.platform.MigrationPlatform;
import io.omsbatch.examples.postgres.problem.PlatformFailure;
import io.omsbatch.examples.postgres.problem.Problem;
import io.omsbatch.examples.postgres.problem.Waiting;
import io.omsbatch.examples.postgres.shop.Shop;
import io.omsbatch.examples.postgres.shop.ShopWriter;
import io.omsbatch.examples.postgres.shop.WriteLedger.WriteCount;
import io.omsbatch.examples.postgres.show.ProgressBar;
import io.omsbatch.examples.postgres.show.Terminal;
import io.omsbatch.examples.postgres.verify.VerificationResult;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Shows by the databases themselves that nothing was lost and that there is a way back. For one thread. */
final class Proof {
    private static final Duration ARRIVAL_LIMIT = Duration.ofSeconds(20);

    private final MigrationPlatform platform;
    private final Fleet fleet;
    private final List<String> names;
    private final Terminal terminal;
    private final List<String> doubts = new ArrayList<>();

    Proof(MigrationPlatform platform, Fleet fleet, List<String> names, Terminal terminal) {
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
            try (Session target = platform.target().open(name)) {
                WriteCount count = writer.ledger().compare(ShopWriter.rowsIn(target));
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
            platform.openTarget(name);
            String note = "written on the target " + System.nanoTime();
            long began = System.nanoTime();
            Shop.buy(platform.target().address(), name, note);
            try {
                Waiting.untilTrue(
                        ARRIVAL_LIMIT,
                        () -> isOnSource(name, note),
                        limit -> Problem.of(
                                "NOT_ARRIVED",
                                "no row came back within " + limit.toSeconds() + " s",
                                "look at the reverse sync"));
                arrived++;
                slowest = Math.max(
                        slowest, Duration.ofNanos(System.nanoTime() - began).toMillis());
            } catch (PlatformFailure e) {
                doubts.add(name + ": " + e.problem().message());
            }
        }
        terminal.say(String.format(
                "  %d of %d databases: a row written to the target arrived at its source, the slowest in %d ms",
                arrived, total, slowest));
    }

    private boolean isOnSource(String name, String note) {
        try (Session source = platform.source().open(name)) {
            return source.isTrue("SELECT EXISTS (SELECT FROM shop.purchase WHERE note = ?)", note);
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
