package io.omsbatch.core.internal.durable;

import io.omsbatch.api.engine.Control;
import io.omsbatch.api.engine.RunControl;
import io.omsbatch.api.journal.RunCommand;
import io.omsbatch.api.operation.Actor;
import io.omsbatch.api.operation.RunAction;
import io.omsbatch.api.switchover.SwitchoverAction;
import io.omsbatch.api.task.SwitchoverStep;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What operators ask for, as commands of the inbox and back. */
public final class Commands {

    private static final String ON_RUN = "RUN";
    private static final String ON_TASKS = "TASKS";

    private Commands() {}

    /**
     * Returns a control of a whole run as a command.
     *
     * @param id the command's id
     * @param runId the run
     * @param at when it is sent
     * @param control the control
     * @return the command
     */
    public static RunCommand of(String id, String runId, Instant at, RunControl control) {
        return new RunCommand(
                id,
                runId,
                at,
                ON_RUN,
                Map.of(
                        "action", control.action().name(),
                        "version", Long.toString(control.version()),
                        "actor", control.actor().name(),
                        "reason", control.reason()));
    }

    /**
     * Returns a control of tasks as a command.
     *
     * @param id the command's id
     * @param runId the run
     * @param at when it is sent
     * @param control the control
     * @return the command
     */
    public static RunCommand of(String id, String runId, Instant at, Control control) {
        Map<String, String> detail = new HashMap<>(Map.of(
                "action", control.action().name(),
                "step", control.step().name(),
                "version", Long.toString(control.boardVersion()),
                "actor", control.actor().name(),
                "reason", control.reason()));
        if (control.target() instanceof Control.Target.Tasks tasks) {
            detail.put("tasks", TaskLists.text(tasks.refs()));
        } else {
            detail.put("lane", Integer.toString(((Control.Target.WholeLane) control.target()).number()));
        }
        if (control.consent() != null) {
            detail.put("consent", control.consent());
        }
        return new RunCommand(id, runId, at, ON_TASKS, detail);
    }

    /**
     * Returns the control of a whole run that a command asks for.
     *
     * @param command the command
     * @return the control, or null if it asks for something else
     */
    public static @Nullable RunControl runControl(RunCommand command) {
        if (!command.action().equals(ON_RUN)) {
            return null;
        }
        return new RunControl(
                RunAction.valueOf(value(command, "action")),
                Long.parseLong(value(command, "version")),
                new Actor(value(command, "actor")),
                value(command, "reason"));
    }

    /**
     * Returns the control of tasks that a command asks for.
     *
     * @param command the command
     * @return the control, or null if it asks for something else
     */
    public static @Nullable Control control(RunCommand command) {
        if (!command.action().equals(ON_TASKS)) {
            return null;
        }
        String tasks = command.detail().get("tasks");
        Control.Target target = tasks == null
                ? new Control.Target.WholeLane(Integer.parseInt(value(command, "lane")))
                : new Control.Target.Tasks(TaskLists.tasks(tasks));
        return new Control(
                SwitchoverAction.valueOf(value(command, "action")),
                SwitchoverStep.valueOf(value(command, "step")),
                target,
                Long.parseLong(value(command, "version")),
                new Actor(value(command, "actor")),
                value(command, "reason"),
                command.detail().get("consent"));
    }

    private static String value(RunCommand command, String name) {
        String value = command.detail().get(name);
        if (value == null) {
            throw new IllegalArgumentException("lacks its detail " + name + ": " + command);
        }
        return value;
    }
}
