package io.omsbatch.testkit.arbitraries;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import io.omsbatch.api.SafeText;
import io.omsbatch.api.eligibility.Verdict;
import io.omsbatch.api.operation.OperationKind;
import io.omsbatch.api.outcome.BatchReport;
import io.omsbatch.api.outcome.TaskOutcome;
import io.omsbatch.api.plan.BatchPlan;
import io.omsbatch.api.plan.PlanEntry;
import io.omsbatch.api.switchover.SwitchoverBoard;
import io.omsbatch.api.task.MigrationTask;
import io.omsbatch.api.task.MigrationType;
import io.omsbatch.api.task.TaskRef;
import io.omsbatch.testkit.fault.Fault;
import io.omsbatch.testkit.fault.FaultScript;
import java.lang.reflect.Constructor;
import java.lang.reflect.Modifier;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.domains.Domain;

@Label("The arbitraries of the testkit")
@Domain(OmsDomain.class)
class OmsDomainProperties {

    private static final int SAMPLES = 25;

    /** Every record, sealed type, enum, and class with an equality of its own that hosts can see. */
    private static List<Class<?>> values() {
        List<Class<?>> values = new ClassFileImporter()
                .importPackages("io.omsbatch.api").stream()
                        .<Class<?>>map(found -> found.reflect())
                        .filter(OmsDomainProperties::isVisible)
                        .filter(type -> type.isRecord() || type.isSealed() || type.isEnum() || hasEquality(type))
                        .toList();
        assertThat(values).as("the scan sees the api").hasSizeGreaterThan(120);
        return values;
    }

    private static boolean isVisible(Class<?> type) {
        return Modifier.isPublic(type.getModifiers())
                && (type.getEnclosingClass() == null || isVisible(type.getEnclosingClass()));
    }

    private static boolean hasEquality(Class<?> type) {
        return Arrays.stream(type.getDeclaredMethods())
                .anyMatch(method -> method.getName().equals("equals") && method.getParameterCount() == 1);
    }

    private static List<Object> samples(Class<?> type) {
        Arbitrary<?> arbitrary = OmsDomain.valuesOf(type);
        assertThat(arbitrary).as("values of %s", type).isNotNull();
        List<Object> samples = new ArrayList<>();
        arbitrary.sampleStream().limit(SAMPLES).forEach(samples::add);
        return samples;
    }

    @Example
    @Label("offer values of every record, sealed type, enum and other value of the api, without an exception")
    void complete() {
        assertThat(values().stream().filter(type -> OmsDomain.valuesOf(type) == null))
                .as("types of the api of which OmsDomain has no values; add them to Offers")
                .isEmpty();
    }

    @Example
    @Label("offer values of exactly the type that is asked for, and of each kind that a sealed type has")
    void rightTypes() {
        for (Class<?> type : values()) {
            assertThat(samples(type)).allSatisfy(value -> assertThat(value).isInstanceOf(type));
            if (type.isSealed()) {
                assertThat(kinds(type))
                        .as("kinds of %s", type)
                        .containsExactlyInAnyOrder(type.getPermittedSubclasses());
            }
        }
    }

    private static Set<Class<?>> kinds(Class<?> type) {
        Set<Class<?>> seen = new HashSet<>();
        Arbitrary<?> arbitrary = OmsDomain.valuesOf(type);
        arbitrary
                .sampleStream()
                .limit(2_000)
                .takeWhile(value -> seen.size() < type.getPermittedSubclasses().length)
                .forEach(value -> seen.add(value.getClass()));
        return seen;
    }

    @Example
    @Label("make values that are equal to a copy of themselves, with the same hash and the same text")
    void copies() {
        for (Class<?> type : values()) {
            for (Object value : samples(type)) {
                Object copy = copy(value);
                assertThat(copy).as("a copy of %s", type).isEqualTo(value).hasToString(value.toString());
                assertThat(copy.hashCode()).as("the hash of a copy of %s", type).isEqualTo(value.hashCode());
            }
        }
    }

    private static Object copy(Object value) {
        if (value instanceof MigrationTask task) {
            return task.toBuilder().build();
        }
        if (value instanceof MigrationType type) {
            return MigrationType.of(type.parts());
        }
        if (value instanceof Verdict.Ineligible verdict) {
            return Verdict.no(verdict.reasons());
        }
        return value.getClass().isRecord() ? copyOfRecord(value) : value;
    }

    private static Object copyOfRecord(Object value) {
        try {
            RecordComponent[] components = value.getClass().getRecordComponents();
            Class<?>[] types = new Class<?>[components.length];
            Object[] parts = new Object[components.length];
            for (int i = 0; i < components.length; i++) {
                types[i] = components[i].getType();
                parts[i] = components[i].getAccessor().invoke(value);
            }
            Constructor<?> canonical = value.getClass().getDeclaredConstructor(types);
            return canonical.newInstance(parts);
        } catch (ReflectiveOperationException failure) {
            throw new LinkageError("cannot copy " + value, failure);
        }
    }

    @Example
    @Label("SEC-2: make values whose texts can be shown: no control or format character is left in toString")
    void texts() {
        Set<String> unsafe = new HashSet<>();
        for (Class<?> type : values()) {
            samples(type).stream()
                    .map(Object::toString)
                    .filter(text -> !text.equals(SafeText.escape(text)))
                    .findFirst()
                    .ifPresent(text -> unsafe.add(type.getName() + ": " + SafeText.escape(text)));
        }
        assertThat(unsafe).isEmpty();
    }

    @Property(tries = 50)
    @Label("make plans with one entry for each task, in the order of the request, that can be shown and confirmed")
    void plans(@ForAll BatchPlan plan) {
        assertThat(plan.entries().stream().map(PlanEntry::ref))
                .containsExactlyElementsOf(plan.request().tasks());
        assertThat(plan.render()).isNotBlank();
        assertThat(plan.waves().stream().mapToInt(List::size).sum())
                .isEqualTo(plan.eligible().size());
    }

    @Property(tries = 50)
    @Label("make reports with one result for each task, in the order of the request, that can be shown")
    void reports(@ForAll BatchReport report) {
        assertThat(report.results().stream().map(result -> result.ref()))
                .containsExactlyElementsOf(report.request().tasks());
        assertThat(safeLines(report.render())).isTrue();
    }

    @Property(tries = 50)
    @Label("make boards on which each task is at its first step that is not over, that can be shown")
    void boards(@ForAll SwitchoverBoard board) {
        board.tasks()
                .forEach(task -> assertThat(task.current() == null)
                        .isEqualTo(task.steps().stream()
                                .allMatch(step -> step.state().name().equals("DONE"))));
        assertThat(safeLines(board.render())).isTrue();
    }

    private static boolean safeLines(String text) {
        return text.lines().allMatch(line -> line.equals(SafeText.escape(line)));
    }

    @Property(tries = 50)
    @Label("serve single kinds, enums and faults, too")
    void others(
            @ForAll TaskOutcome.Failed failed,
            @ForAll OperationKind kind,
            @ForAll Fault fault,
            @ForAll FaultScript faults) {
        assertThat(failed.kind()).isEqualTo(TaskOutcome.Kind.FAILED);
        assertThat(kind.title()).isNotBlank();
        assertThat(faults.rules()).hasSizeLessThanOrEqualTo(5);
        assertThat(fault.kind()).isNotNull();
    }

    @Example
    @Label("make scripts over the given tasks, of which some ask the same twice")
    void scripts() {
        List<TaskRef> tasks = List.of(new TaskRef("oms", "a"), new TaskRef("oms", "b"));
        assertThat(OperationArbitraries.scripts(tasks).sampleStream().limit(200).toList())
                .allSatisfy(script -> assertThat(script)
                        .isNotEmpty()
                        .allSatisfy(request -> assertThat(tasks).containsAll(request.tasks())))
                .anyMatch(script -> script.size() > 1 && script.indexOf(script.get(script.size() - 1)) == 0);
    }

    @Example
    @Label(
            "reach the limits: an id of the greatest length, an empty name, an escape code, another script, a task twice")
    void edges() {
        List<String> ids = TextArbitraries.ids().sampleStream().limit(2_000).toList();
        assertThat(ids)
                .contains("订单-eu", "🚚")
                .anyMatch(id -> id.length() == 200)
                .doesNotContain("");
        List<String> names = TextArbitraries.names().sampleStream().limit(2_000).toList();
        assertThat(names).contains("", "\u001b[31mred\u001b[0m", "\ud800");
        assertThat(GatewayArbitraries.pages().sampleStream().limit(500))
                .anyMatch(page ->
                        new HashSet<>(page.tasks()).size() < page.tasks().size())
                .anyMatch(page -> page.tasks().isEmpty());
    }
}
