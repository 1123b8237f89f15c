package io.omsbatch.examples.postgres.platform;

import io.omsbatch.examples.postgres.SharedServers;
import io.omsbatch.examples.postgres.database.Databases;
import io.omsbatch.examples.postgres.database.Session;
import io.omsbatch.examples.postgres.problem.Problem;
import io.omsbatch.examples.postgres.problem.Waiting;
import io.omsbatch.examples.postgres.server.PostgresVersion;
import io.omsbatch.examples.postgres.server.ServerPair;
import io.omsbatch.examples.postgres.shop.Shop;
import io.omsbatch.examples.postgres.shop.ShopWriter;
import io.omsbatch.examples.postgres.task.Part;
import io.omsbatch.examples.postgres.task.Status;
import io.omsbatch.examples.postgres.task.TaskRecord;
import io.omsbatch.examples.postgres.task.Wish;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;

/** A platform on the shared servers with shops of its own; leaves the servers as it found them. */
final class Fixture implements AutoCloseable {
    private static final AtomicInteger NUMBERS = new AtomicInteger();

    private final ServerPair servers;
    private final Map<String, ShopWriter> writers = new TreeMap<>();
    private final List<String> names = new ArrayList<>();
    private MigrationPlatform platform;
    private Operator operator;

    Fixture() {
        this(PostgresVersion.V18);
    }

    Fixture(PostgresVersion source) {
        servers = SharedServers.from(source);
        open();
        Shop.createRole(platform.source());
        Shop.createRole(platform.target());
    }

    /** Another process of the platform takes over. */
    void restart() {
        platform.close();
        open();
    }

    MigrationPlatform platform() {
        return platform;
    }

    Operator operator() {
        return operator;
    }

    Databases source() {
        return platform.source();
    }

    Databases target() {
        return platform.target();
    }

    ShopWriter writer(String name) {
        return writers.get(name);
    }

    ServerPair servers() {
        return servers;
    }

    /** New shops with a task each; nobody writes yet. */
    List<String> shops(int count, int rows, Set<Part> parts) {
        List<String> added = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            added.add("shop_" + NUMBERS.incrementAndGet());
        }
        added.parallelStream().forEach(name -> Shop.create(platform.source(), name, rows));
        added.forEach(name -> platform.add(name, parts));
        names.addAll(added);
        return added;
    }

    List<String> shops(int count) {
        return shops(count, 300, EnumSet.allOf(Part.class));
    }

    String shop() {
        return shops(1).get(0);
    }

    void write(List<String> shops, int perSecond) {
        shops.forEach(name -> writers.put(name, ShopWriter.start(servers.source(), name, perSecond)));
    }

    boolean holds(Databases server, String database, String query) {
        try (Session session = server.open(database)) {
            return session.isTrue(query);
        }
    }

    void execute(Databases server, String database, String sql) {
        try (Session session = server.open(database)) {
            session.execute(sql);
        }
    }

    void await(String what, java.util.function.Supplier<Boolean> look) {
        Waiting.untilTrue(Duration.ofSeconds(20), look, limit -> Problem.of("TEST", what + " did not come", "look"));
    }

    @Override
    public void close() {
        writers.values().forEach(ShopWriter::close);
        for (String name : names) {
            for (TaskRecord task : platform.read(List.of(name))) {
                if (task.state().status() == Status.RUNNING) {
                    operator.ask(name, Wish.of(Wish.Kind.STOP));
                }
            }
        }
        List<String> left = names.stream()
                .filter(name -> platform.read(List.of(name)).stream()
                        .anyMatch(task -> task.state().status() != Status.NEW
                                && task.state().status() != Status.ENDED))
                .toList();
        operator.await(
                left, task -> Set.of(Status.STOPPED, Status.FAILED, Status.COMPLETED, Status.ENDED, Status.ENDING)
                        .contains(task.state().status()));
        left.forEach(name -> operator.ask(name, Wish.of(Wish.Kind.END)));
        operator.awaitStatus(left, Status.ENDED);
        names.forEach(name -> operator.ask(name, Wish.of(Wish.Kind.DELETE)));
        names.forEach(this::drop);
        platform.close();
    }

    private void drop(String name) {
        for (Databases server : List.of(platform.source(), platform.target())) {
            try (Session session = server.openServer()) {
                session.execute("DROP DATABASE IF EXISTS " + name + " WITH (FORCE)");
            }
        }
    }

    private void open() {
        platform = MigrationPlatform.between(servers.source(), servers.target(), InstantSource.system());
        operator = new Operator(platform);
    }
}
