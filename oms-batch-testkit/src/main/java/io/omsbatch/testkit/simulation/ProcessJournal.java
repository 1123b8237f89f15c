package io.omsbatch.testkit.simulation;

import io.omsbatch.api.journal.JournalException;
import io.omsbatch.api.journal.JournalStore;
import io.omsbatch.testkit.simulation.Trouble.Outage.Failure;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The way of one process to the journal: each call crosses a boundary before and after it, and fails while there is an outage. */
final class ProcessJournal implements InvocationHandler {

    /** A lease that is renewed is not among them: it decides only when another may take over. */
    private static final Set<String> CHANGING =
            Set.of("savePlan", "saveApproval", "open", "release", "takeOver", "park", "claim", "append", "send");

    private final SimulatedProcess process;
    private final JournalStore store;

    private ProcessJournal(SimulatedProcess process, JournalStore store) {
        this.process = process;
        this.store = store;
    }

    static JournalStore of(SimulatedProcess process, JournalStore store) {
        return (JournalStore) Proxy.newProxyInstance(
                JournalStore.class.getClassLoader(),
                new Class<?>[] {JournalStore.class},
                new ProcessJournal(process, store));
    }

    @SuppressWarnings("ReferenceEquality") // a proxy equals itself only
    @Override
    public @Nullable Object invoke(Object proxy, Method method, @Nullable Object @Nullable [] arguments)
            throws Throwable {
        return switch (method.getName()) {
            case "durable" -> true; // it outlives every process of the trial
            case "close" -> null; // it is the trial's
            case "toString" -> "the journal of process " + process.number();
            case "hashCode" -> System.identityHashCode(proxy);
            case "equals" -> arguments != null && proxy == arguments[0];
            default -> cross(method, arguments);
        };
    }

    private @Nullable Object cross(Method method, @Nullable Object @Nullable [] arguments) throws Throwable {
        process.cross();
        Failure failure = process.fates().nextFailure();
        if (failure == Failure.UNAVAILABLE || failure == Failure.LOST) {
            throw failed(failure);
        }
        if (CHANGING.contains(method.getName())) {
            process.fates().change();
        }
        Object answer = null;
        Throwable thrown = null;
        try {
            answer = method.invoke(store, arguments);
        } catch (InvocationTargetException wrapped) {
            thrown = wrapped.getCause();
        }
        process.cross();
        if (failure != null) {
            throw failed(failure);
        }
        if (thrown != null) {
            throw thrown;
        }
        return answer;
    }

    private static JournalException failed(Failure failure) {
        return failure == Failure.UNAVAILABLE
                ? new JournalException(JournalException.Kind.UNAVAILABLE, "-", "the journal is away", null)
                : new JournalException(JournalException.Kind.IN_DOUBT, "-", "the journal's answer was lost", null);
    }
}
