package io.omsbatch.core.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static io.omsbatch.core.architecture.PublishedModules.API;
import static io.omsbatch.core.architecture.PublishedModules.CORE;
import static io.omsbatch.core.architecture.PublishedModules.TESTKIT;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executors;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The published modules keep their architecture")
class ArchitectureTest {
    private static final PackageOrder API_ORDER = new PackageOrder(
            API,
            List.of(
                    Set.of(""),
                    Set.of("task"),
                    Set.of("operation"),
                    Set.of("eligibility"),
                    Set.of("plan"),
                    Set.of("outcome"),
                    Set.of("switchover"),
                    Set.of("event"),
                    Set.of("gateway"),
                    Set.of("journal"),
                    Set.of("access"),
                    Set.of("engine")));

    private static final PackageOrder CORE_ORDER = new PackageOrder(
            CORE,
            List.of(
                    Set.of("settings", "plan", "internal.fact", "internal.audit", "workflow"),
                    Set.of("internal.sql"),
                    Set.of("internal.sql.plan"),
                    Set.of("internal.sql.run"),
                    Set.of("internal.sql.entry"),
                    Set.of("journal", "journal.jdbc"),
                    Set.of("internal.limit", "internal.flight"),
                    Set.of("internal.call", "internal.pace"),
                    Set.of("internal.read", "internal.notify"),
                    Set.of("internal.ownership"),
                    Set.of("internal.durable"),
                    Set.of("internal.story"),
                    Set.of("internal.step"),
                    Set.of("internal.run"),
                    Set.of("switchover", "internal.switchover"),
                    Set.of("internal.reach"),
                    Set.of("internal.dry"),
                    Set.of("")));

    /** Time, waiting and the console, by owner and name. */
    private static final Set<String> AMBIENT = Set.of(
            "java.lang.System.currentTimeMillis",
            "java.lang.System.nanoTime",
            "java.lang.System.out",
            "java.lang.System.err",
            "java.lang.Thread.sleep",
            "java.util.concurrent.TimeUnit.sleep",
            "java.time.Instant.now",
            "java.time.LocalDate.now",
            "java.time.LocalDateTime.now",
            "java.time.OffsetDateTime.now",
            "java.time.ZonedDateTime.now",
            "java.time.InstantSource.system",
            "java.time.Clock.systemUTC",
            "java.time.Clock.systemDefaultZone",
            "java.util.UUID.randomUUID",
            "java.util.concurrent.ThreadLocalRandom.current",
            "java.lang.Math.random");

    @Test
    @DisplayName("the scan sees classes in every package that a module-info exports")
    void scanIsNotEmpty() {
        for (String module : PublishedModules.NAMES) {
            assertThat(PublishedModules.exportedPackages(module))
                    .as("exported packages of %s", module)
                    .isNotEmpty()
                    .allSatisfy(name -> assertThat(PublishedModules.classesIn(name))
                            .as("production classes seen in %s, because a rule over nothing always passes", name)
                            .isNotEmpty());
        }
    }

    @Test
    @DisplayName("the package order of api names exactly the packages that api exports")
    void orderIsComplete() {
        assertThat(API_ORDER.packages())
                .as("packages in the order, because a name that no package bears protects nothing")
                .isEqualTo(PublishedModules.exportedPackages(API));
    }

    @Test
    @DisplayName("a module exports every package of its own except the internal ones")
    void exports() {
        for (String module : PublishedModules.NAMES) {
            assertThat(PublishedModules.exportedPackages(module))
                    .as("packages exported by %s, because what is not for hosts is called internal", module)
                    .isEqualTo(PublishedModules.packagesOutsideInternal(module));
        }
    }

    @Test
    @DisplayName("api depends on nothing but itself, the JDK without I/O, and jspecify")
    void apiArrows() {
        check(classes()
                .that()
                .resideInAPackage(API + "..")
                .should()
                .onlyDependOnClassesThat(resideInAnyPackage(API + "..", "java..", "org.jspecify.annotations")
                        .and(not(resideInAnyPackage("java.sql..", "java.net..", "java.nio.file.."))))
                .because("api is values and ports: every host and every other module sees all of it"));
    }

    @Test
    @DisplayName("core depends on api, slf4j, jspecify and the JDK")
    void coreArrows() {
        check(classes()
                .that()
                .resideInAPackage(CORE + "..")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        CORE + "..",
                        API + "..",
                        "java..",
                        "javax.crypto..",
                        "javax.sql..",
                        "jdk.jfr..",
                        "org.slf4j..",
                        "org.jspecify.annotations")
                .because("a host that embeds the engine gets nothing else with it"));
    }

    @Test
    @DisplayName("testkit depends on api and the three test libraries, and not on core")
    void testkitArrows() {
        check(classes()
                .that()
                .resideInAPackage(TESTKIT + "..")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        TESTKIT + "..",
                        API + "..",
                        "java..",
                        "org.jspecify.annotations",
                        "org.junit.jupiter.api..",
                        "net.jqwik.api..",
                        "com.tngtech.archunit..")
                .because("core proves itself with the very contracts that hosts extend, so they cannot know core"));
    }

    @Test
    @DisplayName("each package of api imports only the packages before it")
    void apiOrder() {
        check(classes()
                .that()
                .resideInAPackage(API + "..")
                .should(API_ORDER)
                .because("a factory lives downstream of what it returns"));
    }

    @Test
    @DisplayName("each package of core imports only its level and those below it")
    void coreOrder() {
        check(classes()
                .that()
                .resideInAPackage(CORE + "..")
                .should(CORE_ORDER)
                .because("settings sit at the bottom and wiring at the top"));
    }

    @Test
    @DisplayName("settings import nothing else of core, and of api only its root")
    void settingsAtTheBottom() {
        check(noClasses()
                .that()
                .resideInAPackage(CORE + ".settings..")
                .should()
                .dependOnClassesThat(resideInAnyPackage("io.omsbatch..")
                        .and(not(resideInAnyPackage(CORE + ".settings..", API, API + ".task", API + ".operation"))))
                .because("everything may read settings, so they may know nothing but tasks and operations"));
    }

    @Test
    @DisplayName("there is no cycle between packages")
    void noCycles() {
        check(slices().matching("io.omsbatch.(**)")
                .should()
                .beFreeOfCycles()
                .because("a package that knows its users cannot be understood or changed alone"));
    }

    @Test
    @DisplayName("public signatures of api and core show only exported types and the JDK")
    void signatures() {
        check(classes()
                .that(areExportedBy(API, CORE))
                .should(new PublicSignatures(PublishedModules.exportedPackages(), List.of()))
                .because("what a signature shows can never change again"));
    }

    @Test
    @DisplayName("public signatures of testkit show only exported types, the JDK and the three test libraries")
    void testkitSignatures() {
        check(classes()
                .that(areExportedBy(TESTKIT))
                .should(new PublicSignatures(
                        PublishedModules.exportedPackages(),
                        List.of("org.junit.jupiter.api", "net.jqwik.api", "com.tngtech.archunit")))
                .because("what a signature shows can never change again"));
    }

    @Test
    @DisplayName("JUnit, jqwik, ArchUnit, java.sql and jdk.jfr stay in the packages that need them")
    void confinedLibraries() {
        check(onlyIn(List.of(TESTKIT + ".contract"), "org.junit..")
                .because("a host may use the fake and the checks from any test framework"));
        check(onlyIn(List.of(TESTKIT + ".arbitraries", TESTKIT + ".model"), "net.jqwik..")
                .because("jqwik is pinned, and a host without it uses the rest of the kit"));
        check(onlyIn(List.of(TESTKIT + ".rules"), "com.tngtech.archunit..")
                .because("a host without ArchUnit uses the rest of the kit"));
        check(onlyIn(List.of(CORE + ".internal.flight"), "jdk.jfr..")
                .because("what is recorded is told in one place, and where it happens only that it happens"));
        check(onlyIn(List.of(CORE + ".journal.jdbc", CORE + ".internal.sql"), "java.sql..", "javax.sql..")
                .because("the engine knows a journal, not a database"));
    }

    @Test
    @DisplayName("nobody reads the clock, waits, rolls dice or prints, except the system environment")
    void ambientIsPassedIn() {
        check(noClasses()
                .that(describe("are not the system environment", ArchitectureTest::isNotSystemEnvironment))
                .should()
                .accessTargetWhere(
                        describe("it is the clock, a sleep, randomness or the console", ArchitectureTest::isAmbient))
                .because("time, waiting, randomness and ids are passed in, so that a simulator can own them"));
    }

    @Test
    @DisplayName("nobody starts a thread, except the system environment")
    void threadsAreGiven() {
        check(noClasses()
                .that()
                .resideInAnyPackage(API + "..", CORE + "..")
                .and(describe("are not the system environment", ArchitectureTest::isNotSystemEnvironment))
                .should()
                .accessTargetWhere(describe("it makes a thread", ArchitectureTest::isThreadSource))
                .because("the engine owns no thread that its environment did not give it"));
    }

    @Test
    @DisplayName("every package is @NullMarked")
    void nullMarked() {
        check(classes()
                .should(ArchCondition.from(describe(
                        "be in a package that is @NullMarked",
                        (JavaClass type) -> type.getPackage().isAnnotatedWith(NullMarked.class))))
                .because("a module's @NullMarked has no effect for hosts on the class path"));
    }

    private static ArchRule onlyIn(List<String> homes, String... library) {
        return noClasses()
                .that()
                .resideOutsideOfPackages(homes.stream().map(home -> home + "..").toArray(String[]::new))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(library);
    }

    private static DescribedPredicate<JavaClass> areExportedBy(String... modules) {
        return describe(
                "are exported by " + String.join(" and ", modules),
                type -> List.of(modules).stream()
                        .anyMatch(module ->
                                PublishedModules.exportedPackages(module).contains(type.getPackageName())));
    }

    private static boolean isNotSystemEnvironment(JavaClass type) {
        return !type.getName().equals(CORE + ".SystemEnvironment")
                && !type.getName().startsWith(CORE + ".SystemEnvironment$");
    }

    private static boolean isAmbient(JavaAccess<?> access) {
        return AMBIENT.contains(target(access)) || access.getName().equals("printStackTrace");
    }

    private static boolean isThreadSource(JavaAccess<?> access) {
        return access.getTargetOwner().isEquivalentTo(Executors.class)
                || target(access).startsWith("java.lang.Thread.of")
                || target(access).equals("java.lang.Thread.startVirtualThread")
                || target(access).equals("java.lang.Thread.<init>");
    }

    private static String target(JavaAccess<?> access) {
        return access.getTargetOwner().getName() + "." + access.getName();
    }

    private static void check(ArchRule rule) {
        rule.check(PublishedModules.classes());
    }
}
