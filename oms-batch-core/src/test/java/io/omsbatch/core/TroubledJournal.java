package io.omsbatch.core;

import io.omsbatch.api.journal.JournalRecord;
import io.omsbatch.api.journal.JournalStore;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/** A journal that does something before each append, such as to wait or to throw. All else it leaves to the journal behind it. */
final class TroubledJournal {

    private volatile Consumer<List<JournalRecord>> trouble = facts -> {};

    /** Puts the troubled journal in front of that of a world. */
    static TroubledJournal in(EngineHarness world) {
        TroubledJournal journal = new TroubledJournal();
        world.builder().journal(journal.before(world.journal));
        return journal;
    }

    /** Says what happens before each append. */
    void beforeAppend(Consumer<List<JournalRecord>> happens) {
        trouble = happens;
    }

    /** Makes each append that the consumer is given last for a time. */
    static Consumer<List<JournalRecord>> slow(EngineHarness world, Duration duration) {
        return facts -> {
            try {
                world.environment.sleep(duration);
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
            }
        };
    }

    static boolean of(List<JournalRecord> facts, JournalRecord.Kind kind) {
        return facts.stream().anyMatch(fact -> fact.kind() == kind);
    }

    @SuppressWarnings("unchecked")
    JournalStore before(JournalStore behind) {
        return (JournalStore) Proxy.newProxyInstance(
                JournalStore.class.getClassLoader(),
                new Class<?>[] {JournalStore.class},
                (proxy, method, arguments) -> {
                    if (method.getName().equals("append")) {
                        trouble.accept((List<JournalRecord>) arguments[2]);
                    }
                    try {
                        return method.invoke(behind, arguments);
                    } catch (InvocationTargetException failed) {
                        throw failed.getCause();
                    }
                });
    }
}
