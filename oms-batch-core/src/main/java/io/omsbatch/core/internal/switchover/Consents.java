package io.omsbatch.core.internal.switchover;

import io.omsbatch.api.engine.Control;
import io.omsbatch.api.engine.ControlAnswer;
import io.omsbatch.api.engine.ControlAnswer.Refusal;
import io.omsbatch.api.engine.Environment;
import io.omsbatch.api.operation.Actor;
import io.omsbatch.api.switchover.Invariant;
import io.omsbatch.api.switchover.SwitchoverAction;
import io.omsbatch.core.internal.run.TaskEntry;
import io.omsbatch.core.settings.GateSettings;
import java.time.Duration;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What has to be said twice before it is done: by the same person, who is told what follows, or by another one, who agrees (SW-2).
 * Guarded by the run's lock.
 */
final class Consents {

    private static final int MOST = 100;

    /** By these a step is set off. */
    private static final Set<SwitchoverAction> SETTING_OFF =
            EnumSet.of(SwitchoverAction.CONFIRM, SwitchoverAction.MARK, SwitchoverAction.RETRY, SwitchoverAction.SKIP);

    private final Environment environment;
    private final GateSettings gates;
    private final Map<String, FirstSaid> tokens = new LinkedHashMap<>();

    Consents(Environment environment, GateSettings gates) {
        this.environment = environment;
        this.gates = gates;
    }

    /**
     * What was said first, without a token.
     *
     * @param control what
     * @param at when, in the environment's nanoseconds
     */
    private record FirstSaid(Control control, long at) {}

    /** Returns which rule is waived by passing over the step at which a task stands. */
    static Invariant waives(TaskEntry entry) {
        return Objects.requireNonNull(entry.row().onFailure().skipWaives(), "only a step that waives can be skipped");
    }

    /**
     * Asks for a second word, or refuses one that does not fit.
     *
     * @param control what is said now
     * @param chosen the tasks that it is for, at least one, all at its step
     * @return the answer, or null if it has been said as often as it must
     */
    @Nullable
    ControlAnswer missing(Control control, List<TaskEntry> chosen) {
        boolean two = SETTING_OFF.contains(control.action())
                && gates.twoPersons().contains(control.step())
                && chosen.stream().anyMatch(entry -> !entry.row().undoes());
        TaskEntry entry = chosen.get(0);
        boolean twice = control.action() == SwitchoverAction.SKIP
                && entry.row().onFailure().askTwice();
        if (!two && !twice) {
            return null;
        }
        Control plain = new Control(
                control.action(),
                control.step(),
                control.target(),
                control.boardVersion(),
                control.actor(),
                control.reason(),
                null);
        if (control.consent() != null) {
            FirstSaid first = two ? tokens.get(control.consent()) : tokens.remove(control.consent());
            String wrong = two ? whyNotAgreed(plain, first) : whyNotConsented(plain, first);
            return wrong == null ? null : new ControlAnswer.Refused(Refusal.WRONG_CONSENT, wrong);
        }
        String token = environment.newId();
        if (tokens.size() >= MOST) {
            tokens.remove(tokens.keySet().iterator().next());
        }
        tokens.put(token, new FirstSaid(plain, environment.nanoTime()));
        return new ControlAnswer.ConsentNeeded(
                token,
                control.action().title() + " at \""
                        + control.step().title(entry.direction()) + "\": "
                        + (twice ? entry.direction().mirror(waives(entry).consequence()) : "")
                        + (twice && two ? "; " : "")
                        + (two ? "another person than " + control.actor() + " has to agree, with this token" : ""));
    }

    /** Uses up the token of something that is done now, and returns who said it first. */
    Actor use(Control control) {
        FirstSaid first = control.consent() == null ? null : tokens.remove(control.consent());
        return first == null ? control.actor() : first.control.actor();
    }

    private static @Nullable String whyNotConsented(Control plain, @Nullable FirstSaid first) {
        return first != null && plain.equals(first.control)
                ? null
                : "the consent was not handed out for this action; ask again";
    }

    private @Nullable String whyNotAgreed(Control plain, @Nullable FirstSaid first) {
        boolean same = first != null
                && first.control.action() == plain.action()
                && first.control.step() == plain.step()
                && first.control.target().equals(plain.target());
        if (first == null || !same) {
            return "the token was not handed out for this action, or by another engine; let the first person ask again";
        }
        Duration holds = gates.holds();
        if (holds != null && environment.nanoTime() - first.at > holds.toNanos()) {
            return "the token was handed out more than " + holds + " ago; let the first person ask again";
        }
        return first.control.actor().equals(plain.actor())
                ? plain.actor() + " asked for it; another person has to agree"
                : null;
    }
}
