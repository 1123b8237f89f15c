package io.omsbatch.testkit.arbitraries;

import static org.assertj.core.api.Assertions.assertThat;

import io.omsbatch.api.operation.BatchRequest;
import io.omsbatch.api.operation.OperationKind;
import io.omsbatch.api.task.TaskRef;
import io.omsbatch.api.task.TaskStatus;
import io.omsbatch.testkit.fault.FaultKind;
import io.omsbatch.testkit.history.CallKind;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.Label;
import net.jqwik.api.RandomGenerator;
import net.jqwik.api.Shrinkable;

/** Takes values that falsify a property, and from each the first smaller one that does so too, until there is none, as jqwik does. */
@Label("What falsifies a property shrinks to")
class ShrinkingProperties {

    private static final List<TaskRef> TASKS =
            List.of(new TaskRef("oms", "t1"), new TaskRef("oms", "t2"), new TaskRef("oms", "t3"));
    private static final List<CallKind> CALLS = List.of(CallKind.READ, CallKind.COMMAND);
    private static final int SEEDS = 4;

    /** One of the ids that a shrunk value may have: the smallest one, or the first of those that were not made of letters. */
    private static final String ID = "(a|订单-eu)";

    private static <T> List<String> smallest(Arbitrary<T> arbitrary, Predicate<T> falsifies) {
        RandomGenerator<T> generator = arbitrary.generator(1_000);
        return new Random(1)
                .longs(SEEDS)
                .mapToObj(seed -> shrunk(found(generator, falsifies, new Random(seed)), falsifies))
                .map(Object::toString)
                .collect(Collectors.toList());
    }

    private static <T> Shrinkable<T> found(RandomGenerator<T> generator, Predicate<T> falsifies, Random random) {
        Shrinkable<T> made = generator.next(random);
        while (!falsifies.test(made.value())) {
            made = generator.next(random);
        }
        return made;
    }

    private static <T> T shrunk(Shrinkable<T> found, Predicate<T> falsifies) {
        Shrinkable<T> smallest = found;
        Optional<Shrinkable<T>> smaller = Optional.of(found);
        while (smaller.isPresent()) {
            smallest = smaller.get();
            smaller = smallest.shrink()
                    .filter(next -> falsifies.test(next.value()))
                    .findFirst();
        }
        return smallest.value();
    }

    @Example
    @Label("a task that has nothing but what falsifies it")
    void tasks() {
        assertThat(smallest(TaskArbitraries.tasks(), task -> task.status() == TaskStatus.FAILED))
                .allMatch(task -> task.matches("oms-eu/a \"(a|订单-eu|)\" FAILED PRECHECK:FAILED"));
        assertThat(smallest(TaskArbitraries.tasks(), task -> task.switchover() != null))
                .allMatch(task -> task.matches("oms-eu/a \"(a|订单-eu|)\" RUNNING FORWARD_SWITCHOVER:[A-Z]+ "
                        + "START_FORWARD_SWITCHOVER:[A-Z]+"));
        assertThat(smallest(TaskArbitraries.refs(), ref -> ref.id().length() > 4))
                .allMatch(ref -> ref.matches("oms-eu/(aaaaa|订单-eu)"));
    }

    @Example
    @Label("a request of one task by one letter, or of the two that it needs")
    void requests() {
        assertThat(smallest(
                        OperationArbitraries.requests(),
                        request -> request.operation().kind() == OperationKind.DELETE))
                .allMatch(request -> request.matches("delete of 1 task by " + ID + " \\(request " + ID + "\\)"));
        assertThat(smallest(
                        OperationArbitraries.requests(),
                        request -> request.tasks().size() > 1))
                .allMatch(request -> request.matches("start of 2 tasks by " + ID + " \\(request " + ID + "\\)"));
    }

    @Example
    @Label("a script of the one request, or of the one that came twice")
    void scripts() {
        assertThat(smallest(
                        OperationArbitraries.scripts(TASKS),
                        script -> script.stream()
                                .anyMatch(request -> request.operation().kind() == OperationKind.END)))
                .allMatch(script -> script.matches("\\[end of 1 task by " + ID + " \\(request " + ID + "\\)]"));
        assertThat(smallest(OperationArbitraries.scripts(TASKS), ShrinkingProperties::twice))
                .allMatch(script -> script.split("start of 1 task", -1).length == 3, "twice a start of one task");
    }

    private static boolean twice(List<BatchRequest> script) {
        return new HashSet<>(script).size() < script.size();
    }

    @Example
    @Label("a script of one fault, once, at once, on any task")
    void faults() {
        assertThat(smallest(
                        FaultArbitraries.scripts(TASKS, CALLS),
                        script -> !script.rules().isEmpty()))
                .allMatch(script -> script.matches("[A-Z_]+\\(PT0.1S\\) at READ( of t1)? once"));
        assertThat(smallest(
                        FaultArbitraries.scripts(TASKS, CALLS),
                        script -> script.rules().stream()
                                .anyMatch(rule -> rule.fault().kind() == FaultKind.REFUSE)))
                .allMatch(script -> script.matches("REFUSE\\(PT0.1S\\) at COMMAND( of t1)? once"));
    }
}
