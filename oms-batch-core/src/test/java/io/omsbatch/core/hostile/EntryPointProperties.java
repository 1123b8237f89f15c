package io.omsbatch.core.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.omsbatch.api.SafeText;
import java.lang.reflect.Executable;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.lifecycle.AfterContainer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Every public constructor, factory and method that makes a value out of others, of api and core. */
@Label("SEC-3: Every public way to make a value, given anything")
class EntryPointProperties {

    private static final Logger LOG = LoggerFactory.getLogger(EntryPointProperties.class);
    /** Packages whose values hosts make to call the library, or their ports to answer it. */
    private static final Set<String> HOSTS_PACKAGES =
            Set.of("api.access", "api.gateway", "api.operation", "api.task", "core.settings");

    /** The same, of packages that mostly hold what only the library makes: plans, reports, boards, events. */
    private static final Set<String> HOSTS_TYPES = Stream.of(
                    "eligibility.Verdict",
                    "eligibility.Reason",
                    "eligibility.EligibilityMatrix",
                    "engine.Control",
                    "engine.RunControl",
                    "engine.HealthGate$Health",
                    "journal.Appended",
                    "journal.ClaimHolder",
                    "journal.JournalEntry",
                    "journal.JournalException",
                    "journal.JournalRecord",
                    "journal.Lease",
                    "journal.RunCommand",
                    "journal.RunCursor",
                    "journal.RunFilter",
                    "journal.RunOpening",
                    "journal.RunPage",
                    "journal.Subject",
                    "journal.TakenRun",
                    "outcome.Problem",
                    "switchover.CutEvidence",
                    "switchover.ObjectItem",
                    "switchover.PrecheckItem",
                    "switchover.StopPoint",
                    "switchover.SwitchoverSnapshot",
                    "switchover.SyncLinks",
                    "switchover.SyncSample")
            .map(name -> "io.omsbatch.api." + name)
            .collect(Collectors.toSet());

    private static final List<Executable> CODES = codes();
    private static final Ends ENDS = new Ends();

    @AfterContainer
    static void tell() {
        ENDS.close();
        LOG.warn("{} public constructors, factories and methods, {}", CODES.size(), ENDS);
    }

    private static List<Executable> codes() {
        return new ClassFileImporter()
                        .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                        .importPackages("io.omsbatch.api", "io.omsbatch.core")
                        .stream()
                        .map(JavaClass::reflect)
                        .filter(EntryPointProperties::isMadeByHosts)
                        .filter(EntryPointProperties::isVisible)
                        .flatMap(EntryPointProperties::codes)
                        .sorted(Comparator.comparing(Executable::toString))
                        .toList();
    }

    private static boolean isMadeByHosts(Class<?> type) {
        String name = type.getName();
        return HOSTS_PACKAGES.contains(type.getPackageName().replaceFirst("^io\\.omsbatch\\.", ""))
                || HOSTS_TYPES.stream().anyMatch(made -> name.equals(made) || name.startsWith(made + "$"));
    }

    private static boolean isVisible(Class<?> type) {
        return Modifier.isPublic(type.getModifiers())
                && (type.getEnclosingClass() == null || isVisible(type.getEnclosingClass()));
    }

    private static Stream<Executable> codes(Class<?> type) {
        return Stream.<Executable>concat(
                        Arrays.stream(type.getConstructors()),
                        Arrays.stream(type.getMethods())
                                .filter(method -> method.getDeclaringClass() == type)
                                .filter(method -> Modifier.isStatic(method.getModifiers())
                                        || !Modifier.isAbstract(type.getModifiers()))
                                .filter(method ->
                                        !type.isEnum() || !method.getName().equals("valueOf"))
                                .filter(method ->
                                        !Set.of("equals", "compareTo", "take").contains(method.getName())))
                .filter(code -> !code.isSynthetic() && code.getParameterCount() > 0);
    }

    @Property(tries = 6_000, seed = "20261127", shrinking = ShrinkingMode.OFF)
    @Label("makes one that can be shown, or ends in a documented exception that can be shown")
    void ends(@ForAll long seed) {
        Random chance = new Random(seed);
        Values values = new Values(chance, 25);
        Executable code = values.pick(CODES);
        boolean needsReceiver = code instanceof Method && !Modifier.isStatic(code.getModifiers());
        Object receiver = needsReceiver ? new Values(chance, 0).of(code.getDeclaringClass(), 3) : null;
        if (needsReceiver && receiver == null) {
            ENDS.count("no value to call it on");
            return;
        }
        Object[] arguments = values.arguments(code, 3);
        ENDS.of(code + " (seed " + seed + ")", values.tolerated, () -> made(code, receiver, arguments));
    }

    private static Object made(Executable code, Object receiver, Object... arguments) throws Exception {
        Object made;
        try {
            made = Values.invoke(code, receiver, arguments);
        } catch (InvocationTargetException thrown) {
            throw Hostile.sneaky(thrown.getCause());
        }
        if (made != null && made.getClass().getName().startsWith("io.omsbatch.") && !(made instanceof Throwable)) {
            String shown = made.toString();
            assertThat(SafeText.escape(shown)).as("%s", code).isEqualTo(shown);
            assertThat(made.hashCode()).as("%s", code).isEqualTo(made.hashCode());
        }
        return made;
    }
}
