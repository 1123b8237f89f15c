package io.omsbatch.core;

import io.omsbatch.api.journal.JournalException;
import io.omsbatch.api.journal.JournalRecord;
import io.omsbatch.api.journal.JournalStore;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;

/** The way to a journal, which fails as a test's script says. What fails is told only to who goes this way. */
public final class OutageJournal {

    /** How a call fares. */
    public enum Fate {
        /** It does what it is to do. */
        WORKS,
        /** Nothing is done, and the caller is told that. */
        UNAVAILABLE,
        /** Nothing is done, and the caller is told that nobody knows. */
        LOST,
        /** It is done, and the caller is told that nobody knows. */
        ANSWER_LOST,
        /** It is done, and then it throws what no journal may throw. */
        BROKEN_AFTERWARDS
    }

    /** Decides over calls. */
    public interface Script {
        /**
         * Returns the fate of a call.
         *
         * @param method what is called
         * @param facts the facts to be appended, none with other methods
         */
        Fate of(String method, List<JournalRecord> facts);
    }

    private final List<String> calls = new ArrayList<>();
    private volatile Script script = (method, facts) -> Fate.WORKS;

    /** Puts it in front of the journal of a world. */
    static OutageJournal in(EngineHarness world) {
        OutageJournal journal = new OutageJournal();
        world.builder().journal(journal.before(world.journal));
        return journal;
    }

    /** From now on this decides. */
    public void script(Script next) {
        script = next;
    }

    /** From now on nothing gets through. */
    public void down() {
        script((method, facts) -> Fate.UNAVAILABLE);
    }

    /** From now on everything gets through. */
    public void up() {
        script((method, facts) -> Fate.WORKS);
    }

    /** Returns how often a method was called. */
    public synchronized long calls(String method) {
        return calls.stream().filter(method::equals).count();
    }

    private synchronized void called(String method) {
        calls.add(method);
    }

    /** Returns a journal behind this way. */
    @SuppressWarnings("unchecked")
    public JournalStore before(JournalStore behind) {
        return (JournalStore) Proxy.newProxyInstance(
                JournalStore.class.getClassLoader(),
                new Class<?>[] {JournalStore.class},
                (proxy, method, arguments) -> {
                    called(method.getName());
                    boolean appends = method.getName().equals("append");
                    Fate fate = script.of(method.getName(), appends ? (List<JournalRecord>) arguments[2] : List.of());
                    if (fate == Fate.UNAVAILABLE || fate == Fate.LOST) {
                        throw failure(fate);
                    }
                    Object answer;
                    try {
                        answer = method.invoke(behind, arguments);
                    } catch (InvocationTargetException failed) {
                        throw failed.getCause();
                    }
                    if (fate != Fate.WORKS) {
                        throw failure(fate);
                    }
                    return answer;
                });
    }

    private static RuntimeException failure(Fate fate) {
        if (fate == Fate.BROKEN_AFTERWARDS) {
            return new IllegalStateException("the pool is exhausted");
        }
        JournalException.Kind kind =
                fate == Fate.UNAVAILABLE ? JournalException.Kind.UNAVAILABLE : JournalException.Kind.IN_DOUBT;
        return new JournalException(kind, "r", "the database is away", null);
    }
}
