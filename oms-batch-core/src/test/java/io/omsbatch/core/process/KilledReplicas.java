package io.omsbatch.core.process;

import com.zaxxer.hikari.HikariDataSource;
import io.omsbatch.api.operation.OperationKind;
import io.omsbatch.core.journal.jdbc.JdbcJournalStore;
import io.omsbatch.core.journal.jdbc.PostgresServer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;

/**
 * One platform and one journal, and one replica after the other that works on them until it is killed. The last one may live, and
 * must finish everything.
 */
final class KilledReplicas implements AutoCloseable {

    private static final int OPEN_WISHES = 6;
    private static final int NEW_WISHES = 3;
    private static final int TASKS_OF_A_WISH = 8;
    private static final int LONGEST_LIFE_MILLIS = 4_500;

    /** Long enough to take over and then to wait until nothing can come of a command any more. */
    private static final int LONG_LIFE_MILLIS = 13_000;

    private static final Duration LONGEST_START = Duration.ofMinutes(1);
    private static final Duration LONGEST_FINISH = Duration.ofMinutes(3);

    private static final List<OperationKind> PLAIN = List.of(
            OperationKind.START,
            OperationKind.MODIFY_ALERT_LEVEL,
            OperationKind.STOP,
            OperationKind.END,
            OperationKind.RESUME,
            OperationKind.DELETE,
            OperationKind.START,
            OperationKind.SKIP_FULL_VERIFICATION,
            OperationKind.RESUME,
            OperationKind.ENTER_FORWARD_SWITCHOVER);

    private final Manners manners;
    private final JournalPlace place;
    private final RowPlatform platform;
    private final Random random;
    private final List<Life> lives = new ArrayList<>();
    private int wishes;

    KilledReplicas(Manners manners, JournalPlace place, long seed) {
        this.manners = manners;
        this.place = place;
        this.platform = RowPlatform.in(PostgresServer.sixteen());
        this.random = new Random(seed);
    }

    /** Kills so many replicas and lets the one after them finish; returns what came of it all. */
    Survey run(int kills) throws InterruptedException {
        for (int kill = 0; kill < kills; kill++) {
            for (int i = 0; i < NEW_WISHES; i++) {
                wish(); // those that are open wait for the end of a dead replica's leases
            }
            try (ReplicaProcess replica = start()) {
                lives.add(live(replica));
            }
        }
        try (ReplicaProcess last = start()) {
            last.tell("finish");
            int code = last.awaitEnd(LONGEST_FINISH);
            lives.add(new Life(Instant.now(), false, last.lines()));
            if (code != 0) {
                throw new AssertionError("RUN-8, DUR-1: after the last kill " + manners + " in " + place.url()
                        + " did not finish " + platform.openWishes() + "; exit code " + code + ", it said "
                        + last.lines().stream().map(ReplicaProcess.Line::words).toList() + "; " + last.log());
            }
        }
        try (HikariDataSource pool = place.pool();
                JdbcJournalStore journal = place.open(pool)) {
            return Survey.of(manners, lives, journal, platform);
        }
    }

    private ReplicaProcess start() {
        Map<String, String> order = new HashMap<>(place.told());
        order.put("platform", platform.url());
        order.put("manners", manners.name());
        order.put("begins", "true");
        order.put("tempo", Tempo.SLOW.name());
        return ReplicaProcess.start(order);
    }

    /** Lets a replica live for a while; one in eight dies while it still starts, another lives long. */
    private Life live(ReplicaProcess replica) throws InterruptedException {
        int fate = random.nextInt(8);
        if (fate > 0 && !replica.awaitLine(line -> line.says("READY"), 1, LONGEST_START)) {
            throw new AssertionError("a replica did not start; " + replica.log());
        }
        int millis = switch (fate) {
            case 0 -> random.nextInt(1_500);
            case 1 -> LONG_LIFE_MILLIS;
            default -> random.nextInt(LONGEST_LIFE_MILLIS);
        };
        long end = System.nanoTime() + millis * 1_000_000L;
        while (System.nanoTime() < end) {
            for (int open = platform.openWishes().size(); open < OPEN_WISHES; open++) {
                wish();
            }
            LockSupport.parkNanos(Math.min(100_000_000, Math.max(1, end - System.nanoTime())));
        }
        if (!replica.alive()) {
            throw new AssertionError(
                    "a replica ended before it was killed, having said " + replica.lines() + "; " + replica.log());
        }
        Instant killed = replica.kill();
        return new Life(killed, true, replica.lines());
    }

    /** The plain operations in turn, those more often that the platform is slow at; the switchover every other time. */
    private void wish() {
        wishes++;
        OperationKind plain = PLAIN.get(wishes / 2 % PLAIN.size());
        platform.wish("wish-" + wishes, wishes % 2 == 0 ? OperationKind.FORWARD_SWITCHOVER : plain, TASKS_OF_A_WISH);
    }

    @Override
    public void close() {
        platform.close();
    }
}
