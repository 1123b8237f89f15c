package io.omsbatch.core.internal.switchover;

import static io.omsbatch.core.internal.switchover.AtStep.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import io.omsbatch.api.engine.Control;
import io.omsbatch.api.engine.ControlAnswer;
import io.omsbatch.api.operation.Actor;
import io.omsbatch.api.switchover.SwitchoverAction;
import io.omsbatch.api.task.SwitchoverStep;
import io.omsbatch.core.internal.run.TaskEntry;
import io.omsbatch.core.settings.GateSettings;
import io.omsbatch.testkit.fake.VirtualEnvironment;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("SW-2: What has to be said twice")
class ConsentsTest {

    private static final Actor ANN = new Actor("ann");
    private static final Actor BEN = new Actor("ben");
    private static final SwitchoverStep PRECHECK = SwitchoverStep.SWITCHOVER_PRECHECK;
    private static final SwitchoverStep WRITES = SwitchoverStep.CONFIRM_WRITES_STOPPED;
    private static final Duration HOLDS = Duration.ofMinutes(2);

    private final VirtualEnvironment environment = new VirtualEnvironment(1);

    @AfterEach
    void close() {
        environment.close();
    }

    private Consents consents(SwitchoverStep... twoPersons) {
        return new Consents(
                environment,
                GateSettings.none().withTwoPersons(Set.of(twoPersons)).withHolds(HOLDS));
    }

    private static TaskEntry entry(AtStep at) {
        TaskEntry entry = new TaskEntry(0, at.ref(), at.planned(), at.rows(), at.member(), NOW);
        entry.startAt(at.rows().indexOf(at.row()));
        return entry;
    }

    private static Control said(SwitchoverAction action, SwitchoverStep step, Actor actor) {
        return Control.all(action, step, 1, 7, actor, "load balancer drained");
    }

    private static @Nullable ControlAnswer asked(Consents consents, Control control, AtStep at) {
        return consents.missing(control, List.of(entry(at)));
    }

    private static ControlAnswer.ConsentNeeded needed(@Nullable ControlAnswer answer) {
        assertThat(answer).isInstanceOf(ControlAnswer.ConsentNeeded.class);
        return (ControlAnswer.ConsentNeeded) answer;
    }

    private static String refused(@Nullable ControlAnswer answer) {
        assertThat(answer).isInstanceOf(ControlAnswer.Refused.class);
        return ((ControlAnswer.Refused) answer).text();
    }

    @Test
    @DisplayName("is what needs two persons, and a skip with grave consequences; nothing else")
    void which() {
        Control skip = said(SwitchoverAction.SKIP, PRECHECK, ANN);
        assertThat(needed(asked(consents(), skip, AtStep.at(PRECHECK))).text())
                .startsWith("skip at")
                .doesNotContain("another person", "; ");
        assertThat(needed(asked(consents(PRECHECK), skip, AtStep.at(PRECHECK))).text())
                .contains("; another person than ann has to agree, with this token");
        Control confirm = said(SwitchoverAction.CONFIRM, WRITES, ANN);
        assertThat(needed(asked(consents(WRITES), confirm, AtStep.at(WRITES))).text())
                .contains(": another person than ann has to agree, with this token")
                .doesNotContain("; ");
        assertThat(asked(consents(PRECHECK), confirm, AtStep.at(WRITES))).isNull();
        Control leave = said(SwitchoverAction.LEAVE, WRITES, ANN);
        assertThat(asked(consents(WRITES), leave, AtStep.at(WRITES))).isNull();
    }

    @Test
    @DisplayName("is said once where a task is only taken back")
    void takenBack() {
        Control retry = said(SwitchoverAction.RETRY, WRITES, ANN);
        assertThat(asked(consents(WRITES), retry, AtStep.undoing(WRITES, 1))).isNull();
        needed(asked(consents(WRITES), retry, AtStep.at(WRITES)));
    }

    @Test
    @DisplayName("can be agreed to as long as it holds, to the nanosecond, by another person")
    void holds() {
        environment.advance(Duration.ofDays(1));
        Consents consents = consents(WRITES);
        Control byAnn = said(SwitchoverAction.CONFIRM, WRITES, ANN);
        String token = needed(asked(consents, byAnn, AtStep.at(WRITES))).token();
        Control byBen = said(SwitchoverAction.CONFIRM, WRITES, BEN).consenting(token);
        environment.advance(HOLDS);
        assertThat(refused(asked(consents, byAnn.consenting(token), AtStep.at(WRITES))))
                .contains("ann asked for it");
        assertThat(asked(consents, byBen, AtStep.at(WRITES))).isNull();
        environment.advance(Duration.ofNanos(1));
        assertThat(refused(asked(consents, byBen, AtStep.at(WRITES)))).contains("more than PT2M ago");
    }

    @Test
    @DisplayName("is agreed to for the same action, step and tasks, once")
    void sameAction() {
        Consents consents = consents(WRITES, PRECHECK);
        String token = needed(asked(consents, said(SwitchoverAction.CONFIRM, WRITES, ANN), AtStep.at(WRITES)))
                .token();
        Control otherAction = said(SwitchoverAction.RETRY, WRITES, BEN).consenting(token);
        assertThat(refused(asked(consents, otherAction, AtStep.at(WRITES)))).contains("not handed out");
        Control otherStep = said(SwitchoverAction.CONFIRM, PRECHECK, BEN).consenting(token);
        assertThat(refused(asked(consents, otherStep, AtStep.at(PRECHECK)))).contains("not handed out");
        Control otherLane = Control.all(SwitchoverAction.CONFIRM, WRITES, 2, 7, BEN, "drained")
                .consenting(token);
        assertThat(refused(asked(consents, otherLane, AtStep.at(WRITES)))).contains("not handed out");
        Control agreed = said(SwitchoverAction.CONFIRM, WRITES, BEN).consenting(token);
        assertThat(asked(consents, agreed, AtStep.at(WRITES))).isNull();
        assertThat(consents.use(agreed)).as("who said it first").isEqualTo(ANN);
        assertThat(refused(asked(consents, agreed, AtStep.at(WRITES)))).contains("not handed out");
        assertThat(consents.use(said(SwitchoverAction.CONFIRM, WRITES, BEN))).isEqualTo(BEN);
    }

    @Test
    @DisplayName("is forgotten, the oldest first, once 100 others wait to be said again")
    void forgotten() {
        Consents consents = consents();
        Control skip = said(SwitchoverAction.SKIP, PRECHECK, ANN);
        String first = needed(asked(consents, skip, AtStep.at(PRECHECK))).token();
        String second = needed(asked(consents, skip, AtStep.at(PRECHECK))).token();
        for (int more = 2; more < 100; more++) {
            needed(asked(consents, skip, AtStep.at(PRECHECK)));
        }
        needed(asked(consents, skip, AtStep.at(PRECHECK)));
        assertThat(refused(asked(consents, skip.consenting(first), AtStep.at(PRECHECK))))
                .as("the first of 101")
                .contains("ask again");
        assertThat(asked(consents, skip.consenting(second), AtStep.at(PRECHECK)))
                .as("the second of 101")
                .isNull();
    }

    @Test
    @DisplayName("is remembered while at most 100 wait")
    void remembered() {
        Consents consents = consents();
        Control skip = said(SwitchoverAction.SKIP, PRECHECK, ANN);
        String first = needed(asked(consents, skip, AtStep.at(PRECHECK))).token();
        for (int more = 1; more < 100; more++) {
            needed(asked(consents, skip, AtStep.at(PRECHECK)));
        }
        assertThat(asked(consents, skip.consenting(first), AtStep.at(PRECHECK))).isNull();
    }
}
