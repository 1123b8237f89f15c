package io.omsbatch.examples.postgres.demo;

import io.omsbatch.examples.postgres.database.ServerAddress;
import io.omsbatch.examples.postgres.platform.MigrationPlatform;
import io.omsbatch.examples.postgres.shop.Shop;
import io.omsbatch.examples.postgres.shop.ShopWriter;
import io.omsbatch.examples.postgres.shop.WriteLedger;
import io.omsbatch.examples.postgres.task.Part;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import java.util.function.IntConsumer;

/** The shops of a run: their databases, tasks and live writers. For one thread. */
final class Fleet implements AutoCloseable {
    private static final int AT_ONCE = 4;

    private final MigrationPlatform platform;
    private final List<String> names;
    private final Map<String, ShopWriter> writers = new TreeMap<>();

    Fleet(MigrationPlatform platform, List<String> names) {
        this.platform = platform;
        this.names = List.copyOf(names);
    }

    List<String> names() {
        return names;
    }

    /** Creates the databases with their rows, and a task for each. */
    void create(int rows, IntConsumer done) {
        Shop.createRole(platform.source());
        Shop.createRole(platform.target());
        ExecutorService pool = Executors.newFixedThreadPool(Math.min(AT_ONCE, names.size()));
        try {
            List<CompletableFuture<Void>> shops = names.stream()
                    .map(name -> CompletableFuture.runAsync(() -> Shop.create(platform.source(), name, rows), pool))
                    .toList();
            for (int i = 0; i < shops.size(); i++) {
                shops.get(i).join();
                done.accept(i + 1);
            }
        } finally {
            pool.shutdownNow();
        }
        names.forEach(name -> platform.add(name, EnumSet.allOf(Part.class)));
    }

    /**
     * Lets all be written to.
     *
     * @param perSecond how many transactions a second each writer makes
     * @param ledgers the ledger of each; a writer goes on where its ledger ends
     */
    void startWriting(int perSecond, Function<String, WriteLedger> ledgers) {
        names.forEach(name ->
                writers.put(name, ShopWriter.start(platform.source().address(), name, perSecond, ledgers.apply(name))));
    }

    /** Lets the application of these go on at another server, once it was shut out where it wrote. */
    void move(List<String> moving, ServerAddress server) {
        moving.forEach(name -> writers.put(name, writer(name).movedTo(server)));
    }

    ShopWriter writer(String name) {
        return Objects.requireNonNull(writers.get(name), "no writer in " + name);
    }

    int committed() {
        return writers.values().stream()
                .mapToInt(writer -> writer.ledger().committedCount())
                .sum();
    }

    @Override
    public void close() {
        writers.values().forEach(ShopWriter::stop);
        writers.values().forEach(ShopWriter::close);
    }
}
