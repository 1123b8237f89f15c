package io.omsbatch.core.hostile;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.omsbatch.api.engine.BatchEngine;
import io.omsbatch.api.engine.BatchRun;
import io.omsbatch.api.engine.SwitchoverWorkflow;
import io.omsbatch.api.gateway.SwitchoverGateway;
import java.lang.reflect.Executable;
import java.lang.reflect.Modifier;
import java.lang.reflect.Parameter;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What a host can call of api and core: every public constructor, factory and method that takes an argument. */
final class PublicCode {

    /** Interfaces that the library implements, and not the host. */
    private static final Set<Class<?>> IMPLEMENTED =
            Set.of(BatchEngine.class, BatchRun.class, SwitchoverWorkflow.class);

    private PublicCode() {}

    static List<Executable> all() {
        return new ClassFileImporter()
                        .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                        .importPackages("io.omsbatch.api", "io.omsbatch.core")
                        .stream()
                        .map(JavaClass::reflect)
                        .filter(type -> !type.getPackageName().startsWith("io.omsbatch.core.internal"))
                        .filter(PublicCode::isVisible)
                        .flatMap(PublicCode::of)
                        .sorted(Comparator.comparing(Executable::toString))
                        .toList();
    }

    private static boolean isVisible(Class<?> type) {
        return Modifier.isPublic(type.getModifiers())
                && (type.getEnclosingClass() == null || isVisible(type.getEnclosingClass()));
    }

    private static Stream<Executable> of(Class<?> type) {
        Stream<Executable> constructors =
                Modifier.isAbstract(type.getModifiers()) ? Stream.of() : Arrays.stream(type.getConstructors());
        Stream<Executable> methods = Arrays.stream(type.getMethods())
                .filter(method -> method.getDeclaringClass() == type)
                .filter(method -> !Modifier.isAbstract(method.getModifiers()) || IMPLEMENTED.contains(type))
                .filter(method ->
                        type != SwitchoverGateway.class) // what it does by itself takes no notice of arguments
                .filter(method -> !method.getName().equals("equals")) // takes null by its contract
                .filter(method -> !type.isEnum() || !method.getName().equals("valueOf")) // the compiler's
                .map(method -> method);
        return Stream.concat(constructors, methods).filter(code -> !code.isSynthetic() && code.getParameterCount() > 0);
    }

    static boolean takesNull(Parameter parameter) {
        return parameter.getAnnotatedType().isAnnotationPresent(Nullable.class);
    }
}
