package io.omsbatch.api;

import io.omsbatch.api.eligibility.Verdict;
import io.omsbatch.api.task.MigrationTask;
import io.omsbatch.api.task.TaskRef;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Array;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Parameter;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** All public types of api, how values of them are made, and sample arguments to make them of. */
final class ApiTypes {

    private ApiTypes() {}

    static List<Class<?>> all() {
        try {
            Path root =
                    Path.of(ApiTypes.class.getResource("Limits.class").toURI().resolve("../../../"));
            try (Stream<Path> files = Files.walk(root)) {
                List<Class<?>> types = files.<String>map(
                                file -> root.relativize(file).toString())
                        .filter(name -> name.endsWith(".class") && !name.endsWith("-info.class"))
                        .<Class<?>>map(name -> load(name.substring(0, name.length() - ".class".length())
                                .replace('/', '.')
                                .replace('\\', '.')))
                        .filter(type -> Modifier.isPublic(type.getModifiers()) && isVisible(type))
                        .toList();
                if (types.size() < 80) {
                    throw new IllegalStateException("only " + types.size() + " types found");
                }
                return types;
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (URISyntaxException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static boolean isVisible(Class<?> type) {
        return type.getEnclosingClass() == null
                || (Modifier.isPublic(type.getEnclosingClass().getModifiers()) && isVisible(type.getEnclosingClass()));
    }

    private static Class<?> load(String name) {
        try {
            return Class.forName(name);
        } catch (ClassNotFoundException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** Returns the public constructors and static factories of a type that take arguments. */
    static Stream<Executable> factories(Class<?> type) {
        return Stream.<Executable>concat(
                        Arrays.stream(type.getConstructors()),
                        Arrays.stream(type.getMethods())
                                .filter(method -> Modifier.isStatic(method.getModifiers()))
                                .filter(method -> method.getDeclaringClass() == type)
                                .filter(method ->
                                        !type.isEnum() || !method.getName().equals("valueOf")))
                .filter(code -> !code.isSynthetic() && code.getParameterCount() > 0);
    }

    static boolean isNullable(Parameter parameter) {
        return parameter.getAnnotatedType().isAnnotationPresent(Nullable.class);
    }

    static Object[] samples(Executable code, String text) {
        return Arrays.stream(code.getParameters())
                .map(parameter -> sample(parameter, text))
                .toArray();
    }

    private static Object sample(Parameter parameter, String text) {
        Class<?> type = parameter.getType();
        if (type == Set.class && parameter.getParameterizedType().getTypeName().contains("Capability")) {
            return Set.of();
        }
        if (type == Set.class && parameter.getParameterizedType().getTypeName().contains("SwitchoverAction")) {
            return Set.of();
        }
        if (Collection.class.isAssignableFrom(type)) {
            Class<?> element = element(parameter);
            Object value = sample(element, text);
            return type == Set.class ? Set.of(value) : List.of(value);
        }
        return sample(type, text);
    }

    private static Class<?> element(Parameter parameter) {
        String name = parameter.getParameterizedType().getTypeName();
        if (name.endsWith("<?>")) {
            return String.class;
        }
        return load(name.substring(name.indexOf('<') + 1, name.length() - 1).replaceFirst("^\\? extends ", ""));
    }

    static Object sample(Class<?> type, String text) {
        if (type == String.class) {
            return text;
        } else if (type == int.class) {
            return 1;
        } else if (type == long.class) {
            return 1L;
        } else if (type == double.class) {
            return 1.0;
        } else if (type == boolean.class) {
            return true;
        } else if (type == Instant.class) {
            return Instant.EPOCH;
        } else if (type == Duration.class) {
            return Duration.ofSeconds(1);
        } else if (type == Map.class) {
            return Map.of("key", text);
        } else if (type == Predicate.class) {
            return (Predicate<Object>) any -> true;
        } else if (type == Supplier.class) {
            return (Supplier<Object>) List::of;
        } else if (type == Throwable.class) {
            return new IllegalStateException("cause");
        } else if (type.isEnum()) {
            return type.getEnumConstants()[0];
        } else if (type.isArray()) {
            Object array = Array.newInstance(type.getComponentType(), 1);
            Array.set(array, 0, sample(type.getComponentType(), text));
            return array;
        } else if (type.isSealed() && type.isInterface()) {
            Class<?>[] kinds = type.getPermittedSubclasses();
            return sample(type == Verdict.class ? kinds[0] : kinds[kinds.length - 1], text);
        }
        return make(type, text).orElseThrow(() -> new IllegalStateException("no sample of " + type + " with " + text));
    }

    /** Makes a value out of a text, or out of a tamer one where the text is refused. */
    static Optional<Object> make(Class<?> type, String text) {
        if (type.isRecord() && type.getRecordComponents().length == 0) {
            return Optional.of(invoke(type.getConstructors()[0]));
        }
        List<Executable> factories =
                factories(type).filter(code -> returns(code, type)).toList();
        if (factories.isEmpty()) {
            return builder(type, text);
        }
        return Optional.of(invoke(factories.get(0), samples(factories.get(0), text)));
    }

    private static boolean returns(Executable code, Class<?> type) {
        return code instanceof Method method ? method.getReturnType() == type : true;
    }

    private static Optional<Object> builder(Class<?> type, String text) {
        if (type == MigrationTask.class) {
            return Optional.of(
                    MigrationTask.builder(new TaskRef("p", "t")).name(text).build());
        }
        return Optional.empty();
    }

    static Object invoke(Executable code, Object... arguments) {
        try {
            return code instanceof Method method
                    ? method.invoke(null, arguments)
                    : ((Constructor<?>) code).newInstance(arguments);
        } catch (InvocationTargetException thrown) {
            if (thrown.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            throw new IllegalStateException(code.toString(), thrown.getCause());
        } catch (ReflectiveOperationException impossible) {
            throw new IllegalStateException(code.toString(), impossible);
        }
    }
}
