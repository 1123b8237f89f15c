package io.omsbatch.examples.service.web;

import io.omsbatch.api.plan.BatchPlan;
import io.omsbatch.api.plan.PlanEntry;
import io.omsbatch.api.task.TaskRef;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/** What a confirmation dialog shows. */
record PlanView(
        String fingerprint,
        String operation,
        Instant validUntil,
        Selection tasks,
        List<Lane> lanes,
        List<String> warnings) {

    /** The selected tasks by what the plan says of them. */
    record Selection(List<TaskView> eligible, List<Out> ineligible, List<String> notFound, List<String> denied) {}

    /** A task that the operation does not fit. */
    record Out(String id, List<Why> reasons) {}

    /** Why not. */
    record Why(String code, String text) {}

    /** Tasks of a switchover that go on together. */
    record Lane(int number, String entryStep, List<String> tasks) {}

    static PlanView of(BatchPlan plan) {
        return new PlanView(
                plan.fingerprint(),
                plan.request().operation().kind().name(),
                plan.validUntil(),
                new Selection(
                        plan.eligible().stream().map(TaskView::of).toList(),
                        some(plan, PlanEntry.Ineligible.class)
                                .map(PlanView::out)
                                .toList(),
                        some(plan, PlanEntry.NotFound.class)
                                .map(entry -> entry.ref().id())
                                .toList(),
                        some(plan, PlanEntry.Denied.class)
                                .map(entry -> entry.ref().id())
                                .toList()),
                plan.lanes().stream()
                        .map(lane -> new Lane(
                                lane.number(),
                                lane.entryStep().name(),
                                lane.tasks().stream().map(TaskRef::id).toList()))
                        .toList(),
                plan.warnings());
    }

    private static <E extends PlanEntry> Stream<E> some(BatchPlan plan, Class<E> type) {
        return plan.entries().stream().filter(type::isInstance).map(type::cast);
    }

    private static Out out(PlanEntry.Ineligible entry) {
        return new Out(
                entry.ref().id(),
                entry.reasons().stream()
                        .map(reason -> new Why(reason.code(), reason.text()))
                        .toList());
    }
}
