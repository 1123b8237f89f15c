package io.omsbatch.examples.benchmarks.fleet;

import io.omsbatch.api.journal.JournalRecord;
import io.omsbatch.api.journal.JournalStore;
import io.omsbatch.api.task.TaskRef;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;

/** Looks at what a journal has acknowledged. */
public final class Journals {

    private Journals() {}

    /**
     * Returns a journal that tells the task of each outcome once the commit in which that was written is acknowledged.
     *
     * @param journal the journal itself
     * @param recorded is told, in the thread that wrote
     * @return the journal to give to an engine
     */
    public static JournalStore tellingOutcomes(JournalStore journal, Consumer<TaskRef> recorded) {
        return (JournalStore) Proxy.newProxyInstance(
                Journals.class.getClassLoader(), new Class<?>[] {JournalStore.class}, (self, method, arguments) -> {
                    try {
                        Object answer = method.invoke(journal, arguments);
                        if (method.getName().equals("append")) {
                            ((List<?>) arguments[2]).forEach(fact -> tell((JournalRecord) fact, recorded));
                        }
                        return answer;
                    } catch (InvocationTargetException thrown) {
                        throw thrown.getCause();
                    }
                });
    }

    private static void tell(JournalRecord fact, Consumer<TaskRef> recorded) {
        if (fact.kind() == JournalRecord.Kind.OUTCOME) {
            recorded.accept(Objects.requireNonNull(fact.subject()).task());
        }
    }
}
