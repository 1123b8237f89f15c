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
import io.omsbatch.examples.postgres.show.Terminal;
import io.omsbatch.examples.postgres.verify.VerificationResult;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Shows by the databases themselves that an aborted switchover has left everything as it was. For one thread. */
final class ProofOfReturn {
    private static final Duration ARRIVAL_LIMIT = Duration.ofSeconds(20);

    private final MigrationPlatform platform;
    private final Fleet fleet;
    private final List<String> names;
    private final Terminal terminal;
    private final List<String> doubts = new ArrayList<>();
    private int written;
    private int free;
    private int equal;
    private long rows;
    private long committed;

    ProofOfReturn(MigrationPlatform platform, Fleet fleet, List<String> names, Terminal terminal) {
        this.names = names;
        this.platform = platform;
        this.fleet = fleet;
        this.terminal = terminal;
    }

    /** Looks at every database; true if nothing speaks against it. */
    boolean holds() {
        int total = names.size();
        names.forEach(this::look);
        terminal.say(String.format(
                "  %d of %d databases: a row written to the source arrived at its target, so the sync goes on",
                written, total));
        terminal.say(
                String.format("  %d of %d databases: no slot and no publication of ours on the target", free, total));
        terminal.say(String.format("  %d of %d databases: strict checksums equal, %,d rows", equal, total, rows));
        terminal.say(String.format("  no write lost of %,d that live writers committed", committed));
        doubts.forEach(doubt -> terminal.say("  NOT PROVEN " + doubt));
        return doubts.isEmpty();
    }

    /** What is written last arrives last, so that nothing is under way once it is there. */
    private void look(String name) {
        ShopWriter writer = fleet.writer(name);
        writer.close();
        String note = "written to the source after the switchover was aborted " + System.nanoTime();
        try {
            Shop.buy(platform.source().address(), name, note);
            Waiting.untilTrue(
                    ARRIVAL_LIMIT,
                    () -> isOnTarget(name, note),
                    limit -> Problem.of(
                            "NOT_ARRIVED",
                            "no row arrived at the target within " + limit.toSeconds() + " s",
                            "look at the forward sync"));
            written++;
        } catch (PlatformFailure e) {
            doubts.add(name + ": " + e.problem().message());
        } catch (IllegalStateException e) {
            doubts.add(name + ": its source takes no writes: " + e.getCause());
        }
        boolean held = platform.holds(name, Direction.REVERSE);
        free += held ? 0 : 1;
        doubtUnless(!held, name + ": something of the way back is left");
        VerificationResult strict = platform.verifyStrictly(name);
        equal += strict.matches() ? 1 : 0;
        rows += strict.rows();
        doubtUnless(strict.matches(), name + ": " + strict.differences());
        try (Session target = platform.target().open(name)) {
            WriteCount count = writer.ledger().compare(ShopWriter.rowsIn(target));
            committed += count.committed();
            doubtUnless(count.lost() == 0 && count.unexplained() == 0 && count.committed() > 0, name + ": " + count);
        }
    }

    private boolean isOnTarget(String name, String note) {
        try (Session target = platform.target().open(name)) {
            return target.isTrue("SELECT EXISTS (SELECT FROM shop.purchase WHERE note = ?)", note);
        }
    }

    private void doubtUnless(boolean proven, String doubt) {
        if (!proven) {
            doubts.add(doubt);
        }
    }
}
