package io.omsbatch.core.architecture;

import java.lang.reflect.AnnotatedArrayType;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.AnnotatedParameterizedType;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.AnnotatedWildcardType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.NonNull;
import org.jspecify.annotations.Nullable;

/** Writes types as a reader of source code knows them, with their nullness, and alike on every JDK. */
final class SurfaceTypes {
    private SurfaceTypes() {}

    static String list(AnnotatedType... types) {
        return Arrays.stream(types).map(SurfaceTypes::of).collect(Collectors.joining(", "));
    }

    static String of(AnnotatedType type) {
        if (type instanceof AnnotatedArrayType array) {
            String nullness = nullness(array);
            return of(array.getAnnotatedGenericComponentType()) + (nullness.isEmpty() ? "" : " " + nullness) + "[]";
        }
        if (type instanceof AnnotatedWildcardType wildcard) {
            return nullness(type) + "?" + bounds(" super ", wildcard.getAnnotatedLowerBounds())
                    + bounds(" extends ", wildcard.getAnnotatedUpperBounds());
        }
        if (type instanceof AnnotatedParameterizedType parameterized) {
            return nullness(type)
                    + name(((ParameterizedType) parameterized.getType()).getRawType())
                    + "<" + list(parameterized.getAnnotatedActualTypeArguments()) + ">";
        }
        return nullness(type) + name(type.getType());
    }

    /** The type parameters with their bounds, as in {@code <T extends Number>}; empty without any. */
    static String parameters(TypeVariable<?>... variables) {
        return variables.length == 0
                ? ""
                : Arrays.stream(variables)
                        .map(variable -> variable.getName() + bounds(" extends ", variable.getAnnotatedBounds()))
                        .collect(Collectors.joining(", ", "<", ">"));
    }

    static String name(Type type) {
        if (type instanceof Class<?> raw) {
            return raw.getPackageName().equals("java.lang")
                    ? raw.getCanonicalName().substring("java.lang.".length() * (raw.isPrimitive() ? 0 : 1))
                    : raw.getCanonicalName();
        }
        return type.getTypeName();
    }

    private static String bounds(String keyword, AnnotatedType... bounds) {
        List<String> told = Arrays.stream(bounds)
                .map(SurfaceTypes::of)
                .filter(bound -> !bound.equals("Object"))
                .toList();
        return told.isEmpty() ? "" : keyword + String.join(" & ", told);
    }

    private static String nullness(AnnotatedElement element) {
        if (element.isAnnotationPresent(Nullable.class)) {
            return "@Nullable ";
        }
        return element.isAnnotationPresent(NonNull.class) ? "@NonNull " : "";
    }
}
