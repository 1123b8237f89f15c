package io.omsbatch.examples.benchmarks.durable.store;

import io.omsbatch.api.journal.JournalRecord;
import io.omsbatch.api.journal.JournalStore;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.function.Consumer;

/** Looks at what a journal has acknowledged. */
public final class Journals {

    private Journals() {}

    /**
     * Returns a journal that tells each fact once the commit in which it was written is acknowledged.
     *
     * @param journal the journal itself
     * @param acknowledged who is told
     * @return the journal to give to an engine
     */
    public static JournalStore telling(JournalStore journal, Consumer<JournalRecord> acknowledged) {
        return (JournalStore) Proxy.newProxyInstance(
                Journals.class.getClassLoader(), new Class<?>[] {JournalStore.class}, (self, method, arguments) -> {
                    try {
                        Object answer = method.invoke(journal, arguments);
                        if (method.getName().equals("append")) {
                            ((List<?>) arguments[2]).forEach(fact -> acknowledged.accept((JournalRecord) fact));
                        }
                        return answer;
                    } catch (InvocationTargetException thrown) {
                        throw thrown.getCause();
                    }
                });
    }
}
