package io.omsbatch.core.architecture;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.module.ModuleDescriptor;
import java.net.URL;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The modules that hosts get, as they were compiled: their descriptors and their production classes. */
final class PublishedModules {
    static final String API = "io.omsbatch.api";
    static final String CORE = "io.omsbatch.core";
    static final String TESTKIT = "io.omsbatch.testkit";
    static final List<String> NAMES = List.of(API, CORE, TESTKIT);

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages(NAMES);

    private PublishedModules() {}

    static JavaClasses classes() {
        return CLASSES;
    }

    static List<JavaClass> classesIn(String packageName) {
        return CLASSES.stream()
                .filter(type -> type.getPackageName().equals(packageName))
                .filter(type -> !type.getSimpleName().equals("package-info"))
                .toList();
    }

    static Set<String> packagesOutsideInternal(String module) {
        return CLASSES.stream()
                .map(JavaClass::getPackageName)
                .filter(name -> name.equals(module) || name.startsWith(module + "."))
                .filter(name -> !name.startsWith(module + ".internal"))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    static Set<String> exportedPackages(String module) {
        return descriptor(module).exports().stream()
                .map(ModuleDescriptor.Exports::source)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    static Set<String> exportedPackages() {
        return NAMES.stream()
                .flatMap(module -> exportedPackages(module).stream())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    static ModuleDescriptor descriptor(String module) {
        List<String> seen = new ArrayList<>();
        try {
            for (URL url :
                    Collections.list(PublishedModules.class.getClassLoader().getResources("module-info.class"))) {
                try (InputStream in = url.openStream()) {
                    ModuleDescriptor descriptor = ModuleDescriptor.read(in);
                    if (descriptor.name().equals(module)) {
                        return descriptor;
                    }
                    seen.add(descriptor.name());
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        throw new IllegalStateException("no module-info of " + module + " on the class path, only of " + seen);
    }
}
