package io.omsbatch.testkit.assertion;

import io.omsbatch.api.eligibility.DenialCode;
import io.omsbatch.api.eligibility.Lane;
import io.omsbatch.api.eligibility.Reason;
import io.omsbatch.api.plan.BatchPlan;
import io.omsbatch.api.plan.PlanEntry;
import io.omsbatch.api.task.MigrationTask;
import io.omsbatch.api.task.TaskRef;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Asserts what a plan says of its tasks (PLAN-2). Each method returns the same object, and throws an {@link AssertionError} with the whole
 * plan when it fails. Not thread-safe.
 *
 * @since 0.1.0
 */
public final class PlanAssert {

    private final BatchPlan plan;
    private final Picture picture;

    PlanAssert(BatchPlan plan) {
        this.plan = Picture.given(plan, "plan");
        this.picture = new Picture("plan", plan::render);
    }

    /**
     * Asserts that these tasks are eligible; others may be, too.
     *
     * @param tasks the tasks
     * @return this
     */
    public PlanAssert eligible(TaskRef... tasks) {
        for (TaskRef task : Picture.given(tasks, "tasks")) {
            require(task, "be eligible", PlanEntry.Eligible.class::isInstance);
        }
        return this;
    }

    /**
     * Asserts that exactly these tasks are eligible, in this order.
     *
     * @param tasks the tasks; none for a plan that has nothing to do
     * @return this
     */
    public PlanAssert onlyEligible(TaskRef... tasks) {
        same(List.of(Picture.given(tasks, "tasks")), refs(plan.eligible()), "eligible tasks");
        return this;
    }

    /**
     * Asserts that every selected task is eligible.
     *
     * @return this
     */
    public PlanAssert allEligible() {
        plan.entries().forEach(entry -> eligible(entry.ref()));
        return this;
    }

    /**
     * Asserts that a task is left out, for these of the documented reasons and no other.
     *
     * @param task the task
     * @param codes the codes of all reasons, in any order; at least one
     * @return this
     */
    public PlanAssert ineligible(TaskRef task, DenialCode... codes) {
        return ineligible(
                task,
                Arrays.stream(Picture.given(codes, "codes"))
                        .map(DenialCode::name)
                        .toArray(String[]::new));
    }

    /**
     * Asserts that a task is left out, for these reasons and no other, also those of a policy of the host.
     *
     * @param task the task
     * @param codes the codes of all reasons, in any order; at least one
     * @return this
     */
    public PlanAssert ineligible(TaskRef task, String... codes) {
        List<String> wanted =
                Arrays.stream(Picture.given(codes, "codes")).sorted().toList();
        if (wanted.isEmpty()) {
            throw new IllegalArgumentException("name the code of at least one reason");
        }
        require(
                task,
                "be ineligible with " + String.join(", ", wanted),
                entry -> entry instanceof PlanEntry.Ineligible left
                        && left.reasons().stream()
                                .map(Reason::code)
                                .sorted()
                                .toList()
                                .equals(wanted));
        return this;
    }

    /**
     * Asserts that a task is left out because the actor may not do that to it.
     *
     * @param task the task
     * @return this
     */
    public PlanAssert denied(TaskRef task) {
        require(task, "be denied", PlanEntry.Denied.class::isInstance);
        return this;
    }

    /**
     * Asserts that a task is left out because the platform does not have it.
     *
     * @param task the task
     * @return this
     */
    public PlanAssert notFound(TaskRef task) {
        require(task, "be not found", PlanEntry.NotFound.class::isInstance);
        return this;
    }

    /**
     * Asserts that a wave has exactly these tasks, in this order.
     *
     * @param number the wave, from 1
     * @param tasks the tasks; none if there is no such wave
     * @return this
     */
    public PlanAssert wave(int number, TaskRef... tasks) {
        List<List<MigrationTask>> waves = plan.waves();
        List<TaskRef> wave = number >= 1 && number <= waves.size() ? refs(waves.get(number - 1)) : List.of();
        same(List.of(Picture.given(tasks, "tasks")), wave, "tasks of wave " + number);
        return this;
    }

    /**
     * Asserts that a lane has exactly these tasks, in this order.
     *
     * @param number the lane, from 1
     * @param tasks the tasks; none if there is no such lane
     * @return this
     */
    public PlanAssert lane(int number, TaskRef... tasks) {
        List<TaskRef> lane = plan.lanes().stream()
                .filter(each -> each.number() == number)
                .map(Lane::tasks)
                .findFirst()
                .orElse(List.of());
        same(List.of(Picture.given(tasks, "tasks")), lane, "tasks of lane " + number);
        return this;
    }

    /**
     * Asserts that there is a warning with a text.
     *
     * @param part a part of the warning
     * @return this
     */
    public PlanAssert warns(String part) {
        picture.require(
                plan.warnings().stream().anyMatch(warning -> warning.contains(Picture.given(part, "part"))),
                () -> "expected a warning with \"" + part + "\", but there are " + plan.warnings());
        return this;
    }

    private void same(List<TaskRef> wanted, List<TaskRef> found, String what) {
        picture.require(wanted.equals(found), () -> "expected " + wanted + " as " + what + ", but these are " + found);
    }

    private void require(TaskRef task, String wanted, Predicate<PlanEntry> matches) {
        List<PlanEntry> entries = plan.entries().stream()
                .filter(entry -> entry.ref().equals(Picture.given(task, "task")))
                .toList();
        picture.require(
                entries.size() == 1 && matches.test(entries.get(0)),
                () -> "expected " + task + " to " + wanted + ", but it is "
                        + (entries.isEmpty()
                                ? "not in the plan"
                                : entries.stream().map(PlanAssert::said).collect(Collectors.joining(", and "))));
    }

    private static String said(PlanEntry entry) {
        if (entry instanceof PlanEntry.Ineligible left) {
            return "ineligible with " + left.reasons();
        }
        if (entry instanceof PlanEntry.Eligible eligible) {
            return "eligible as " + eligible.task();
        }
        return entry instanceof PlanEntry.Denied ? "denied" : "not found";
    }

    private static List<TaskRef> refs(List<MigrationTask> tasks) {
        return tasks.stream().map(MigrationTask::ref).toList();
    }
}
