package io.omsbatch.core.hostile;

import io.omsbatch.api.task.MigrationTask;
import io.omsbatch.api.task.TaskRef;
import java.lang.reflect.Array;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Proxy;
import java.lang.reflect.Type;
import java.lang.reflect.WildcardType;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.ConcurrentModificationException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/** Makes arguments of any type of the library, good ones and bad ones, by chance. */
final class Values {

    private static final List<Duration> DURATIONS = List.of(
            Duration.ZERO,
            Duration.ofNanos(1),
            Duration.ofNanos(-1),
            Duration.ofSeconds(-1),
            Duration.ofDays(1),
            Duration.ofDays(366),
            Duration.ofNanos(Long.MAX_VALUE),
            Duration.ofSeconds(Long.MIN_VALUE),
            Duration.ofSeconds(Long.MAX_VALUE, 999_999_999));

    private static final List<Instant> INSTANTS = List.of(
            Instant.EPOCH,
            Instant.parse("2026-01-01T00:00:00Z"),
            Instant.parse("2026-01-01T00:00:00.123456789Z"),
            Instant.parse("-0001-01-01T00:00:00Z"),
            Instant.parse("+10000-01-01T00:00:00Z"),
            Instant.parse("-999999999-01-01T00:00:00Z"),
            Instant.parse("+999999999-12-31T23:59:59.999999999Z"),
            Instant.MIN,
            Instant.MAX);

    private static final List<Long> NUMBERS = List.of(
            0L,
            -1L,
            1L,
            2L,
            100L,
            1_000L,
            1_001L,
            (long) Integer.MAX_VALUE,
            (long) Integer.MIN_VALUE,
            Long.MAX_VALUE,
            Long.MIN_VALUE);

    private static final List<Double> FRACTIONS = List.of(
            0.0,
            -0.0,
            50.0,
            100.0,
            100.000001,
            -1.0,
            1e-300,
            1e300,
            Double.NaN,
            Double.POSITIVE_INFINITY,
            Double.NEGATIVE_INFINITY);

    private final Random chance;
    private final Map<Class<?>, List<Object>> known = new HashMap<>();

    /** How many of a hundred arguments are bad. */
    private final int badness;

    /** What may be thrown beside what is documented, because an argument does that. */
    final Set<Class<? extends Throwable>> tolerated = new HashSet<>();

    Values(Random chance, int badness) {
        this.chance = chance;
        this.badness = badness;
    }

    /** Adds values that are likely to have an effect where they are used. */
    void know(Class<?> type, Object... values) {
        known.computeIfAbsent(type, any -> new ArrayList<>()).addAll(Arrays.asList(values));
    }

    Object[] arguments(Executable code, int depth) {
        return Arrays.stream(code.getGenericParameterTypes())
                .map(type -> of(type, depth))
                .toArray();
    }

    <T> T pick(List<T> values) {
        return values.get(chance.nextInt(values.size()));
    }

    private String text() {
        return chance.nextInt(100) == 0 ? BadTexts.HUGE : pick(BadTexts.ALL);
    }

    private boolean bad() {
        return chance.nextInt(100) < badness;
    }

    private static Class<?> raw(Type type) {
        if (type instanceof ParameterizedType generic) {
            return raw(generic.getRawType());
        }
        if (type instanceof WildcardType wild) {
            return raw(wild.getUpperBounds()[0]);
        }
        return type instanceof Class<?> plain ? plain : Object.class;
    }

    private static Type element(Type type, int index) {
        return type instanceof ParameterizedType generic ? generic.getActualTypeArguments()[index] : String.class;
    }

    Object of(Type type, int depth) {
        Class<?> plain = raw(type);
        if (!plain.isPrimitive() && bad() && chance.nextInt(3) == 0) {
            return null;
        }
        List<Object> familiar = known.get(plain);
        if (familiar != null && !bad()) {
            return pick(familiar);
        }
        return make(type, plain, depth);
    }

    private Object make(Type type, Class<?> plain, int depth) {
        if (plain == String.class) {
            return bad() ? text() : pick(List.of("oms", "t1", "because", "20%", "first 3, 50%, rest"));
        } else if (plain == int.class || plain == Integer.class) {
            return bad() ? (int) (long) pick(NUMBERS) : 1 + chance.nextInt(8);
        } else if (plain == long.class || plain == Long.class) {
            return bad() ? pick(NUMBERS) : 1L + chance.nextInt(8);
        } else if (plain == double.class) {
            return pick(FRACTIONS);
        } else if (plain == boolean.class) {
            return chance.nextBoolean();
        } else if (plain == Duration.class) {
            return bad() ? pick(DURATIONS) : Duration.ofSeconds(1 + chance.nextInt(60));
        } else if (plain == Instant.class) {
            return bad() ? pick(INSTANTS) : INSTANTS.get(1);
        } else if (plain == InstantSource.class) {
            return Clock.systemUTC();
        } else if (plain == Object.class) {
            return pick(List.of("text", 1, new Troublesome(chance.nextInt(3))));
        } else if (Throwable.class.isAssignableFrom(plain)) {
            return pick(Hostile.THROWABLES).get();
        } else if (plain == Optional.class) {
            return Optional.ofNullable(of(element(type, 0), depth - 1));
        } else if (plain == Map.class) {
            return map(type, depth);
        } else if (Collection.class.isAssignableFrom(plain)) {
            return collection(type, plain, depth);
        } else if (plain.isArray()) {
            return array(plain, depth);
        } else if (plain.isEnum()) {
            return pick(Arrays.asList(plain.getEnumConstants()));
        } else if (plain.isSealed()) {
            return of(pick(Arrays.asList(plain.getPermittedSubclasses())), depth);
        } else if (plain.isInterface()) {
            return port(plain);
        }
        return instance(plain, depth);
    }

    private Object array(Class<?> plain, int depth) {
        int length = bad() ? pick(List.of(0, 1_000)) : 1 + chance.nextInt(3);
        Object array = Array.newInstance(plain.getComponentType(), length);
        if (!plain.getComponentType().isPrimitive()) {
            for (int i = 0; i < length; i++) {
                Array.set(array, i, of(plain.getComponentType(), depth - 1));
            }
        }
        return array;
    }

    private Object collection(Type type, Class<?> plain, int depth) {
        Type element = element(type, 0);
        if (bad()) {
            int how = chance.nextInt(6);
            Object some = new Values(chance, 0).of(element, 1);
            if (how == 0) {
                return plain == Set.class ? new BadCollections.HugeSet<>(some) : new BadCollections.Huge<>(some);
            } else if (how == 1) {
                tolerated.add(Hostile.Thrown.class);
                return plain == Set.class ? new BadCollections.ThrowingSet<>() : new BadCollections.Throwing<>();
            } else if (how == 2) {
                return plain == Set.class ? new HashSet<>(Collections.singleton(null)) : Arrays.asList(null, null);
            } else if (how == 3) {
                int has = pick(List.of(0, 2, 5, Integer.MAX_VALUE));
                return plain == Set.class
                        ? new BadCollections.LyingSet<>(some, has)
                        : new BadCollections.Lying<>(some, has);
            } else if (how == 4 && plain != Set.class) {
                tolerated.add(ConcurrentModificationException.class);
                return new BadCollections.Changing<>(some);
            }
            return plain == Set.class ? Set.of() : List.of();
        }
        Collection<Object> made = plain == Set.class ? new LinkedHashSet<>() : new ArrayList<>();
        int size = 1 + chance.nextInt(3);
        for (int i = 0; i < size; i++) {
            made.add(of(element, depth - 1));
        }
        return made;
    }

    private Object map(Type type, int depth) {
        Map<Object, Object> made = new HashMap<>();
        made.put(of(element(type, 0), depth - 1), of(element(type, 1), depth - 1));
        if (bad()) {
            made.put(null, null);
        }
        return made;
    }

    /** A port of the host: it throws whatever it is asked. */
    private Object port(Class<?> plain) {
        tolerated.add(Hostile.Thrown.class);
        return Proxy.newProxyInstance(plain.getClassLoader(), new Class<?>[] {plain}, (self, method, arguments) -> {
            if (method.getDeclaringClass() == Object.class) {
                return method.invoke(this, arguments);
            }
            throw new Hostile.Thrown();
        });
    }

    private Object instance(Class<?> plain, int depth) {
        if (plain == MigrationTask.class || plain == MigrationTask.Builder.class) {
            MigrationTask.Builder builder = MigrationTask.builder(new TaskRef("oms", "t" + chance.nextInt(9)))
                    .name(text());
            return plain == MigrationTask.class ? builder.build() : builder;
        }
        List<Executable> factories = factories(plain);
        for (int tries = 0; tries < 20 && depth > -4; tries++) {
            Executable code = pick(factories);
            Values tame = new Values(chance, tries == 0 ? badness / 2 : 0);
            tame.known.putAll(known);
            try {
                Object made = invoke(code, null, tame.arguments(code, depth - 1));
                tolerated.addAll(tame.tolerated);
                return made;
            } catch (InvocationTargetException refused) {
                // the next try is tamer
            }
        }
        return null;
    }

    private static List<Executable> factories(Class<?> plain) {
        List<Executable> constructors = new ArrayList<>(Arrays.asList(plain.getConstructors()));
        if (!constructors.isEmpty()) {
            return constructors;
        }
        Class<?> declaring = plain.getDeclaringClass();
        return Stream.of(plain, declaring == null ? plain : declaring)
                .flatMap(type -> Arrays.stream(type.getMethods()))
                .filter(method ->
                        Modifier.isStatic(method.getModifiers()) && plain.isAssignableFrom(method.getReturnType()))
                .<Executable>map(method -> method)
                .toList();
    }

    /** Invokes a constructor or a method, and throws nothing but what that throws. */
    static Object invoke(Executable code, Object receiver, Object... arguments) throws InvocationTargetException {
        try {
            return code instanceof Method method
                    ? method.invoke(receiver, arguments)
                    : ((Constructor<?>) code).newInstance(arguments);
        } catch (ReflectiveOperationException | IllegalArgumentException failed) {
            if (failed instanceof InvocationTargetException thrown) {
                throw thrown;
            }
            throw new IllegalStateException(code + " with " + arguments.length + " arguments", failed);
        }
    }

    /** An object whose every method misbehaves: throws, returns far too much, or takes its time. */
    record Troublesome(int how) {

        @Override
        public String toString() {
            return switch (how) {
                case 0 -> throw new Hostile.Thrown();
                case 1 -> BadTexts.HUGE;
                default -> slowly(BadTexts.FORGED);
            };
        }

        @Override
        public int hashCode() {
            return how == 1 ? slowly(0) : 0;
        }

        @Override
        public boolean equals(Object other) {
            return slowly(other == this);
        }

        private static <T> T slowly(T value) {
            LockSupport.parkNanos(1_000_000);
            return value;
        }
    }
}
