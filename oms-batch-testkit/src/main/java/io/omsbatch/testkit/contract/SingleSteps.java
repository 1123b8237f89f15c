package io.omsbatch.testkit.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.omsbatch.api.gateway.GatewayCapability;
import io.omsbatch.api.gateway.StepCommand.Action;
import io.omsbatch.api.switchover.PrecheckItem;
import io.omsbatch.api.switchover.SwitchoverSnapshot;
import io.omsbatch.api.switchover.SyncLinks;
import io.omsbatch.api.switchover.SyncSample;
import io.omsbatch.api.task.MigrationTask;
import io.omsbatch.api.task.MigrationType.Part;
import io.omsbatch.api.task.Revision;
import io.omsbatch.api.task.SwitchoverProgress;
import io.omsbatch.api.task.SwitchoverStep;
import io.omsbatch.api.task.TaskRef;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What a gateway keeps when single steps are ordered, rightly or wrongly. */
final class SingleSteps {

    private final SwitchoverProbe probe;

    SingleSteps(SwitchoverProbe probe) {
        this.probe = probe;
    }

    void beginsAtFirstStep() {
        TaskRef task = probe.enter();
        MigrationTask read = probe.readPresent(task);
        SwitchoverProgress first =
                new SwitchoverProgress(probe.steps(task).get(0), SwitchoverProgress.State.WAITING, probe.round());
        assertEquals(
                first,
                probe.observePresent(task).progress(),
                "SW-1: an observation shows another step. Look at: the pointer that observe shows after entering");
        assertEquals(
                first,
                read.switchover(),
                "SW-1: a read shows another step than an observation. Look at: switchover() of what read shows");
    }

    void observesNothingUnknown() {
        TaskRef task = probe.enter();
        assertEquals(
                Set.of(task),
                probe.bench()
                        .gateway()
                        .observe(Set.of(task, probe.bench().unknown()))
                        .keySet(),
                "a task that does not exist must be left out of the map. Look at: how observe treats \"not found\"");
    }

    void precheckReadOnly() {
        TaskRef task = probe.enter();
        Revision revision = probe.readPresent(task).revision();
        SwitchoverSnapshot before = probe.observePresent(task);
        Map<TaskRef, List<PrecheckItem>> found =
                probe.bench().gateway().precheck(Set.of(task, probe.bench().unknown()));
        assertEquals(
                Set.of(task),
                found.keySet(),
                "PRECHECK_READ_ONLY: the findings are not those of the tasks that exist. Look at: the keys of what"
                        + " precheck returns, or do not declare it");
        SwitchoverSnapshot after = probe.observePresent(task);
        assertEquals(
                before.progress(),
                after.progress(),
                "PRECHECK_READ_ONLY: the task stands elsewhere after it. Look at: what precheck does, or do not declare it");
        assertEquals(
                before.links(),
                after.links(),
                "PRECHECK_READ_ONLY: a link was changed. Look at: what precheck does, or do not declare it");
        assertEquals(
                before.objects(),
                after.objects(),
                "PRECHECK_READ_ONLY: an object was changed. Look at: what precheck does, or do not declare it");
        assertEquals(
                revision,
                probe.readPresent(task).revision(),
                "PRECHECK_READ_ONLY: the revision changed. Look at: what precheck does, or do not declare it");
    }

    void refusesUnknown() {
        Answer answer = probe.run(probe.bench().unknown(), SwitchoverStep.START_FORWARD_SWITCHOVER);
        assertTrue(
                answer.refused(),
                () -> "a step of a task that does not exist was answered with " + answer
                        + ". Look at: the platform's \"no such task\"; it must become Refused or REJECTED");
    }

    void refusesOutOfOrder() {
        TaskRef task = probe.enter();
        SwitchoverProgress before = probe.observePresent(task).progress();
        List<SwitchoverStep> steps = probe.steps(task);
        SwitchoverStep last = steps.get(steps.size() - 1);
        Answer answer = probe.run(task, last);
        assertTrue(
                answer.refused(),
                () -> "SW-1: " + probe.title(last) + " was answered with " + answer + " while the task stands at "
                        + before + ". Look at: where the gateway compares the step with the task's pointer");
        probe.look();
        assertEquals(
                before,
                probe.observePresent(task).progress(),
                "SW-1: a step whose turn had not come moved the task. Look at: what happens before the refusal");
    }

    void refusesOtherRound() {
        TaskRef task = probe.enter();
        SwitchoverProgress before = probe.observePresent(task).progress();
        for (int round : new int[] {before.round() + 1, before.round() + 2}) {
            Answer answer = probe.step(task, before.step(), round, Action.RUN, 1);
            assertTrue(
                    answer.refused(),
                    () -> "SW-1: a step of round " + round + " was answered with " + answer
                            + " while the task is in round " + before.round()
                            + ". Look at: where the gateway compares the round; a command of an earlier one may come late");
        }
        probe.look();
        assertEquals(
                before,
                probe.observePresent(task).progress(),
                "SW-1: a step of another round moved the task. Look at: what happens before the refusal");
    }

    void samples() {
        TaskRef task = probe.enter();
        assumeTrue(
                probe.readPresent(task).type().has(probe.direction().leading()),
                "the task's type has no sync in this direction");
        Set<Instant> sampled = new HashSet<>();
        boolean renewed = probe.eventually(() -> {
            SyncSample sample = probe.observePresent(task).sync();
            if (sample != null) {
                sampled.add(sample.sampledAt());
            }
            return sampled.size() > 1;
        });
        assertTrue(
                renewed,
                () -> "SW-10: within " + probe.bench().settleTime() + " only these samples were seen: " + sampled
                        + ". Look at: sampledAt; it must be the time when the platform measured, and advance");
    }

    void fences() {
        probe.assumeDeclared(GatewayCapability.FENCING);
        TaskRef task = probe.enter();
        SwitchoverStep first = SwitchoverStep.START_FORWARD_SWITCHOVER;
        Answer newer = probe.step(task, first, Action.RUN, 7);
        assertTrue(newer.taken(), () -> "the first step was answered with " + newer);
        assertTrue(
                probe.eventually(() -> probe.observePresent(task).progress().isOver(first)),
                "the first step is never over");
        probe.passStaleness();
        SwitchoverProgress before = probe.observePresent(task).progress();
        Answer stale = probe.step(task, SwitchoverStep.SWITCHOVER_PRECHECK, Action.RUN, 6);
        assertTrue(
                stale.refused(),
                () -> "FENCING: token 6 after token 7 was answered with " + stale
                        + ". Look at: where the highest token of a run is kept, or do not declare FENCING");
        if (!probe.bench().gateway().capabilities().has(GatewayCapability.SELF_ADVANCING)) {
            probe.look();
            assertEquals(
                    before,
                    probe.observePresent(task).progress(),
                    "FENCING: a refused step moved the task. Look at: whether the token is compared before the effect");
        }
    }

    void repeats() {
        Walk walk = new Walk(probe, probe.enter());
        for (SwitchoverStep step : walk.steps()) {
            Answer early = step == SwitchoverStep.CONFIRM_SYNC_TIMESTAMP ? null : firstOfTwo(walk, step);
            assumeTrue(
                    walk.go(step),
                    () -> "the walk did not get past " + probe.title(step) + " (" + early
                            + "); see the test that takes a task through all steps");
            SwitchoverSnapshot before = walk.look();
            Answer again = probe.run(walk.task(), step);
            probe.look();
            probe.passStaleness();
            SwitchoverSnapshot after = walk.look();
            String told = "RUN-3: " + probe.title(step) + " was repeated when it was over (answer " + again + ") and ";
            assertTrue(
                    after.progress().isOver(step),
                    () -> told + "began again: " + after.progress() + ". Look at: what the gateway does first");
            assertEquals(
                    before.stopPoint(),
                    after.stopPoint(),
                    told + "moved the stop point. Look at: whether a known stop point is kept");
            assertEquals(
                    before.links().storeStart(),
                    after.links().storeStart(),
                    told + "moved the start of the target store. Look at: whether the gateway finds its own store");
            assertEquals(
                    before.links().reverse(),
                    after.links().reverse(),
                    told + "changed the reverse link. Look at: what the step does when its link is there already");
        }
    }

    /** Sends a step twice at once, as a retry would; the walk then sends it a second time. */
    private Answer firstOfTwo(Walk walk, SwitchoverStep step) {
        if (step == SwitchoverStep.CONFIRM_WRITES_STOPPED) {
            probe.bench().stopWrites(walk.task());
        }
        return probe.run(walk.task(), step);
    }

    void refusesReverse() {
        Walk walk = new Walk(probe, probe.enter());
        assumeTrue(
                walk.type().has(Part.INCREMENTAL) && walk.type().has(Part.REVERSE_INCREMENT),
                () -> "the task's type, " + walk.type() + ", does not have both directions");
        assumeTrue(
                !probe.bench().gateway().capabilities().has(GatewayCapability.SELF_ADVANCING),
                "a platform that advances by itself does not wait for stop forward sync to be skipped");
        walk.upTo(SwitchoverStep.STOP_FORWARD_SYNC);
        assumeTrue(walk.last().over(), "the walk got stuck; see the test that takes a task through all steps");
        assumeTrue(
                probe.step(walk.task(), SwitchoverStep.STOP_FORWARD_SYNC, Action.SKIP, 1)
                                .taken()
                        && walk.go(SwitchoverStep.PROCESS_DATABASE_OBJECTS),
                "the platform does not let stop forward sync be skipped");
        assumeTrue(!walk.look().links().forwardQuiet(), "skipping the step stopped forward sync all the same");
        Answer answer = probe.run(walk.task(), SwitchoverStep.START_REVERSE_INCREMENT);
        assertTrue(
                answer.refused(),
                () -> "SW-5: start reverse increment was answered with " + answer + " while forward sync is "
                        + walk.look().links().forward() + ". Look at: where the step observes the forward link first");
        probe.look();
        SyncLinks links = walk.look().links();
        assertNotEquals(
                SyncLinks.State.RUNNING,
                links.reverse(),
                "SW-5: both directions run. Look at: what the step does before it looks at the forward link");
        assertFalse(
                walk.look().progress().isOver(SwitchoverStep.START_REVERSE_INCREMENT),
                "SW-5: a refused step is over. Look at: the pointer that observe shows");
    }
}
