package io.omsbatch.core.hostile;

import io.omsbatch.core.journal.InMemoryJournalStore;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Set;

/** Counts what is held by objects of the library: whatever their collections and maps have in them, and theirs in turn. */
final class Holdings {

    /**
     * What is held.
     *
     * @param elements the elements of all collections and the entries of all maps
     * @param objects the objects of the library
     * @param claims the entries of the journal's map of claims
     */
    record Held(long elements, long objects, int claims) {}

    private final Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    private final Deque<Object> left = new ArrayDeque<>();
    private long elements;
    private long objects;

    private Holdings() {}

    static Held of(Object engine, InMemoryJournalStore journal) {
        Holdings holdings = new Holdings();
        holdings.found(engine);
        holdings.found(journal);
        while (!holdings.left.isEmpty()) {
            holdings.look(holdings.left.remove());
        }
        return new Held(holdings.elements, holdings.objects, holdings.claims(journal));
    }

    private int claims(InMemoryJournalStore journal) {
        try {
            Field claims = InMemoryJournalStore.class.getDeclaredField("claims");
            claims.setAccessible(true);
            return ((Map<?, ?>) claims.get(journal)).size();
        } catch (ReflectiveOperationException changed) {
            throw new IllegalStateException("the journal keeps its claims elsewhere", changed);
        }
    }

    private void found(Object object) {
        if (object == null || object instanceof Enum || object instanceof Class || !isLooked(object)) {
            return;
        }
        if (seen.add(object)) {
            left.add(object);
        }
    }

    private static boolean isLooked(Object object) {
        return object instanceof Collection
                || object instanceof Map
                || object.getClass().getName().startsWith("io.omsbatch.core.")
                || object.getClass().getName().startsWith("io.omsbatch.api.");
    }

    private void look(Object object) {
        if (object instanceof Collection<?> collection) {
            elements += collection.size();
            collection.forEach(this::found);
            return;
        }
        if (object instanceof Map<?, ?> map) {
            elements += map.size();
            map.forEach((key, value) -> {
                found(key);
                found(value);
            });
            return;
        }
        objects++;
        for (Class<?> type = object.getClass(); type != Object.class; type = type.getSuperclass()) {
            if (!type.getName().startsWith("io.omsbatch.")) {
                return;
            }
            for (Field field : type.getDeclaredFields()) {
                if (!Modifier.isStatic(field.getModifiers()) && !field.getType().isPrimitive()) {
                    look(object, field);
                }
            }
        }
    }

    private void look(Object object, Field field) {
        try {
            field.setAccessible(true);
            found(field.get(object));
        } catch (ReflectiveOperationException | RuntimeException hidden) {
            // a lambda, or a record of another module: what it holds is reached in other ways
        }
    }
}
