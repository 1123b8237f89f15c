package io.omsbatch.testkit.contract;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * What every {@code TaskGateway} keeps. A host extends it in its own tests and returns a bench; what its platform cannot do
 * is skipped with a reason.
 *
 * @since 0.1.0
 */
@DisplayName("The task gateway")
public abstract class TaskGatewayContract {

    private GatewayBench bench;
    private Probe probe;
    private TaskReading reading;
    private TaskCommanding commanding;

    /** For subclasses. */
    @SuppressWarnings("NullAway") // the fields are set before each test
    protected TaskGatewayContract() {}

    /**
     * Returns a new bench for one test.
     *
     * @return the bench; the contract closes it
     */
    protected abstract GatewayBench bench();

    @BeforeEach
    final void open() {
        bench = bench();
        probe = new Probe(bench);
        reading = new TaskReading(bench, probe);
        commanding = new TaskCommanding(bench, probe);
    }

    @AfterEach
    final void close() {
        if (probe != null) {
            probe.cleanUp();
        }
    }

    @Test
    @DisplayName("declares the same capabilities whenever it is asked")
    void capabilities() {
        reading.capabilities();
    }

    @Test
    @DisplayName("PLAN-2: shows each task that exists under the identity that was asked for, and nothing else")
    void readsWhatIsAsked() {
        reading.readsWhatIsAsked();
    }

    @Test
    @DisplayName("PLAN-2: shows nothing for a task that the platform does not have")
    void readsNothingUnknown() {
        reading.readsNothingUnknown();
    }

    @Test
    @DisplayName(
            "PLAN-1, PLAN-3: keeps the revision of a task as long as nothing happens to it, however often it is read")
    void readsWithoutTrace() {
        reading.readsWithoutTrace();
    }

    @Test
    @DisplayName("lists each task once, in pages no longer than asked for")
    void lists() {
        reading.lists();
    }

    @Test
    @DisplayName("RUN-4: start leads to a task that is shown as running, or completed already")
    void start() {
        commanding.start();
    }

    @Test
    @DisplayName("RUN-4: stop leads to a task that is shown as stopped")
    void stop() {
        commanding.stop();
    }

    @Test
    @DisplayName("RUN-4: resume leads to a task that is shown as running, or completed already")
    void resume() {
        commanding.resume();
    }

    @Test
    @DisplayName("RUN-4: end leads to a task that is shown as ended")
    void end() {
        commanding.end();
    }

    @Test
    @DisplayName("RUN-4: delete leads to a task that is no longer shown")
    void delete() {
        commanding.delete();
    }

    @Test
    @DisplayName("RUN-4: modify alert configuration leads to a task that is shown with the level")
    void alertLevel() {
        commanding.alertLevel();
    }

    @Test
    @DisplayName("RUN-4: skip full verification leads to a task whose verification is shown as done")
    void skipVerification() {
        commanding.skipVerification();
    }

    @Test
    @DisplayName("RUN-4: enter forward switchover leads to a task that is shown at a step of it")
    void enterSwitchover() {
        commanding.enterSwitchover();
    }

    @Test
    @DisplayName("RUN-4: says done only when a read shows the effect")
    void doneIsDone() {
        commanding.doneIsDone();
    }

    @Test
    @DisplayName("RUN-4: never shows again what was before, once the declared staleness has passed")
    void readsForward() {
        reading.readsForward();
    }

    @Test
    @DisplayName("PLAN-3: shows another revision when the status has changed")
    void revisions() {
        reading.revisions();
    }

    @Test
    @DisplayName("refuses an operation that the status does not allow, says why, and changes nothing")
    void refusesWrongStatus() {
        commanding.refusesWrongStatus();
    }

    @Test
    @DisplayName("refuses a command for a task that the platform does not have")
    void refusesUnknown() {
        commanding.refusesUnknown();
    }

    @Test
    @DisplayName("RUN-6: changes the task that was commanded, and no other")
    void changesOnlyTheTask() {
        commanding.changesOnlyTheTask();
    }

    @Test
    @DisplayName("DEDUPLICATION: gives a key that it has seen no second effect")
    void deduplicates() {
        commanding.deduplicates();
    }

    @Test
    @DisplayName("FENCING: refuses a token lower than the highest seen for its run, without an effect")
    void fences() {
        commanding.fences();
    }

    @Test
    @DisplayName("RUN-10: ends an interrupted call with an answer or a GatewayException")
    void interrupted() {
        reading.interrupted();
    }

    @Test
    @DisplayName("answers many threads at once, each with what it asked for")
    void manyThreads() {
        reading.manyThreads();
    }
}
