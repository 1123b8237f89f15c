package io.omsbatch.core.internal.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.omsbatch.api.gateway.GatewayCapabilities;
import io.omsbatch.api.operation.RunPolicy;
import io.omsbatch.core.internal.limit.Wakeable;
import io.omsbatch.core.internal.run.RunQueues.Way;
import io.omsbatch.core.settings.EngineSettings;
import io.omsbatch.core.settings.Rate;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The queues of a run")
class RunQueuesTest {

    private static final Wakeable WHOEVER = () -> {};

    private final OneRun run = OneRun.stopping(5);
    private final RunQueues queues = run.ledger.queues();

    @AfterEach
    void close() {
        run.close();
    }

    private TaskEntry settling(int index) {
        return run.through(run.entry(index), Phase.QUEUED, Phase.PREPARING, Phase.SETTLING);
    }

    private TaskEntry ready(int index) {
        return run.through(run.entry(index), Phase.QUEUED, Phase.PREPARING, Phase.READY);
    }

    private void delayed(int index, long due) {
        TaskEntry entry = run.through(run.entry(index), Phase.QUEUED, Phase.PREPARING);
        entry.due = due;
        queues.move(entry, Phase.DELAYED);
    }

    private static List<TaskEntry> tasks(RunQueues.@Nullable Page page) {
        return page == null ? List.of() : page.tasks();
    }

    @Test
    @DisplayName("count how many tasks are in each phase")
    void counts() {
        assertThat(queues.count(Phase.IDLE)).isEqualTo(5);
        settling(0);
        ready(1);
        assertThat(queues.count(Phase.IDLE)).isEqualTo(3);
        assertThat(queues.count(Phase.SETTLING)).isEqualTo(1);
        assertThat(queues.count(Phase.READY)).isEqualTo(1);
        assertThat(queues.count(Phase.QUEUED)).isZero();
    }

    @Test
    @DisplayName("give as many tasks as asked for whose looks are fresh, and queue again those whose looks are not")
    void takeReady() {
        TaskEntry old = ready(0);
        TaskEntry held = ready(1);
        held.hold();
        TaskEntry gone = run.through(ready(2), Phase.ENDED);
        TaskEntry fresh = ready(3);
        ready(4);
        assertThat(queues.takeReady(Way.FORWARD, 1, entry -> entry != old)).containsExactly(fresh);
        assertThat(fresh.phase()).isEqualTo(Phase.CALLING);
        assertThat(old.phase()).isEqualTo(Phase.QUEUED);
        assertThat(held.phase()).isEqualTo(Phase.READY);
        assertThat(gone.phase()).isEqualTo(Phase.ENDED);
        assertThat(queues.takeReady(Way.BACK, 9, entry -> true)).isEmpty();
        assertThat(queues.takeReady(Way.FORWARD, 0, entry -> true)).isEmpty();
        run.through(old, Phase.PREPARING, Phase.READY);
        assertThat(queues.takeReady(Way.FORWARD, 9, entry -> true)).containsExactly(run.entry(4), old);
        assertThat(queues.takeReady(Way.FORWARD, 9, entry -> true)).isEmpty();
    }

    @Test
    @DisplayName("give pages of tasks to be looked at before their commands")
    void takeQueued() {
        for (TaskEntry entry : run.ledger.entries()) {
            queues.move(entry, Phase.QUEUED);
        }
        assertThat(queues.takeQueued(Way.FORWARD, 0, 1)).isNull();
        assertThat(queues.takeQueued(Way.BACK, 9, 1)).isNull();
        assertThat(tasks(queues.takeQueued(Way.FORWARD, 3, 1)))
                .containsExactly(run.entry(0), run.entry(1), run.entry(2));
        assertThat(run.entry(2).phase()).isEqualTo(Phase.PREPARING);
        assertThat(run.entry(2).call).isNotNull();
        run.entry(3).hold();
        run.entry(4).hold();
        assertThat(queues.takeQueued(Way.FORWARD, 3, 1)).isNull();
    }

    @Test
    @DisplayName("let no task keep others from what they share while its run begins nothing")
    void standBack() {
        TaskEntry ready = ready(0);
        TaskEntry held = ready(1);
        held.hold();
        queues.standBack(Way.BACK);
        assertThat(ready.phase()).isEqualTo(Phase.READY);
        queues.standBack(Way.FORWARD);
        assertThat(ready.phase()).isEqualTo(Phase.QUEUED);
        assertThat(held.phase()).isEqualTo(Phase.READY);
    }

    @Test
    @DisplayName("give pages of settling tasks, each once, one that is to be looked at alone for itself")
    void takeToLook() {
        for (int i = 0; i < 5; i++) {
            queues.lookAt(settling(i));
            queues.lookAt(run.entry(i));
        }
        run.entry(2).alone = true;
        assertThat(tasks(queues.takeToLook(1, WHOEVER))).containsExactly(run.entry(0));
        assertThat(run.entry(0).busy()).isTrue();
        assertThat(tasks(queues.takeToLook(9, WHOEVER))).containsExactly(run.entry(1));
        assertThat(tasks(queues.takeToLook(9, WHOEVER))).containsExactly(run.entry(2));
        queues.move(run.entry(3), Phase.IDLE);
        assertThat(tasks(queues.takeToLook(9, WHOEVER))).containsExactly(run.entry(4));
        assertThat(queues.takeToLook(9, WHOEVER)).isNull();
        queues.lookAt(run.entry(4));
        assertThat(queues.takeToLook(9, WHOEVER)).as("it is being looked at").isNull();
        run.entry(4).busy = false;
        queues.lookAt(run.entry(4));
        assertThat(tasks(queues.takeToLook(9, WHOEVER))).containsExactly(run.entry(4));
    }

    @Test
    @DisplayName("know which tasks are being settled")
    void settling() {
        assertThat(queues.anySettling()).isFalse();
        settling(0);
        settling(1);
        assertThat(queues.anySettling()).isTrue();
        assertThat(queues.settling()).containsExactly(run.entry(0), run.entry(1));
        queues.move(run.entry(0), Phase.IDLE);
        assertThat(queues.settling()).containsExactly(run.entry(1));
    }

    @Test
    @DisplayName("give up tasks that wait for a look longer than they may")
    void takeOverdue() {
        TaskEntry late = settling(0);
        TaskEntry inTime = settling(1);
        TaskEntry looked = settling(2);
        late.deadline = 100;
        inTime.deadline = 101;
        looked.deadline = 0;
        queues.lookAt(late);
        queues.lookAt(inTime);
        assertThat(queues.takeOverdue(111, 10)).containsExactly(late);
        assertThat(late.busy()).isTrue();
        assertThat(late.awaitsLook).isFalse();
        assertThat(inTime.busy()).isFalse();
        assertThat(queues.takeOverdue(111, 10)).isEmpty();
        assertThat(tasks(queues.takeToLook(9, WHOEVER))).containsExactly(inTime);
    }

    @Test
    @DisplayName("wake delayed tasks when they are due, the first first, and forget delays that were left")
    void wake() {
        delayed(0, 20);
        delayed(1, 10);
        delayed(2, 30);
        assertThat(queues.nextDue()).isEqualTo(10);
        queues.wake(9);
        assertThat(run.entry(1).phase()).isEqualTo(Phase.DELAYED);
        queues.wake(10);
        assertThat(run.entry(1).phase()).isEqualTo(Phase.QUEUED);
        assertThat(queues.nextDue()).isEqualTo(20);
        run.through(run.entry(0), Phase.ENDED);
        assertThat(queues.nextDue()).isEqualTo(30);
        TaskEntry anew = run.through(run.entry(2), Phase.QUEUED, Phase.PREPARING);
        anew.due = 50;
        queues.move(anew, Phase.DELAYED);
        assertThat(queues.nextDue()).as("delayed anew").isEqualTo(50);
        queues.wake(49);
        assertThat(run.entry(2).phase()).isEqualTo(Phase.DELAYED);
        queues.wake(50);
        assertThat(run.entry(2).phase()).isEqualTo(Phase.QUEUED);
        assertThat(queues.nextDue()).isNull();
    }

    @Test
    @DisplayName("RUN-10: take no more tasks than calls may begin, the look and the command of each")
    void rate() {
        EngineSettings settings = EngineSettings.defaults();
        Rate rate = new Rate(4, Duration.ofSeconds(10));
        try (OneRun slow = OneRun.of(
                settings.withCalls(settings.calls().withRate(rate)), GatewayCapabilities.of(), RunPolicy.none(), 5)) {
            RunQueues few = slow.ledger.queues();
            slow.ledger.entries().forEach(entry -> few.move(entry, Phase.QUEUED));
            RunQueues.Page page = few.takeQueued(Way.FORWARD, 9, 1);
            assertThat(tasks(page)).as("one look, three commands").hasSize(3);
            assertThat(few.takeQueued(Way.FORWARD, 9, 1)).isNull();
            assertThat(few.takeToLook(9, WHOEVER)).isNull();
        }
    }
}
