package io.omsbatch.examples.cluster.fleet;

import io.omsbatch.api.task.SwitchoverStep;
import io.omsbatch.examples.cluster.database.Database;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What the platform says of itself: which steps were done, how often, and by whom. */
public final class FleetAccount {
    private final Database database;

    /** The account of the platform in {@code database}. */
    public FleetAccount(Database database) {
        this.database = database;
    }

    /**
     * What was done compared with what was to be done.
     *
     * @param wanted steps that were to be done, over all tasks
     * @param once those of them that were done exactly once
     * @param doubts steps that were done twice, or not, or that no task has
     */
    public record Steps(int wanted, int once, List<String> doubts) {}

    /** Compares. */
    public Steps steps() {
        Map<String, Integer> done = new HashMap<>();
        database.query("SELECT task_id, step FROM effect", row -> row.getString(1) + " " + row.getString(2))
                .forEach(effect -> done.merge(effect, 1, Integer::sum));
        List<String> doubts = new ArrayList<>();
        List<String> wanted = wanted();
        int once = 0;
        for (String step : wanted) {
            int times = done.getOrDefault(step, 0);
            done.remove(step);
            once += times == 1 ? 1 : 0;
            if (times != 1) {
                doubts.add(step + " was done " + times + " times");
            }
        }
        done.keySet().forEach(step -> doubts.add(step + " was not to be done"));
        return new Steps(wanted.size(), once, doubts);
    }

    /** How many steps were done so far. */
    public int done() {
        return count("SELECT count(*) FROM effect");
    }

    /** How many steps there are to be done. */
    public int toDo() {
        return wanted().size();
    }

    /** How many steps a replica did. */
    public int doneBy(String replica) {
        return count("SELECT count(*) FROM effect WHERE replica = ?", replica);
    }

    /** How many tasks a replica did a step of. */
    public int tasksOf(String replica) {
        return count("SELECT count(DISTINCT task_id) FROM effect WHERE replica = ?", replica);
    }

    /** How many of the steps that a replica began are not over yet. */
    public int underWayBy(String replica) {
        return count(
                "SELECT count(*) FROM task t JOIN effect e ON e.task_id = t.id AND e.step = t.step"
                        + " WHERE t.over_at > clock_timestamp() AND e.replica = ?",
                replica);
    }

    /** How many commands were refused because their token was outdated. */
    public int fenced() {
        return count("SELECT count(*) FROM refused");
    }

    private int count(String sql, Object... parameters) {
        return database.query(sql, row -> row.getInt(1), parameters).get(0);
    }

    private List<String> wanted() {
        List<String> wanted = new ArrayList<>();
        database.query(
                        "SELECT id, parts, entry FROM task",
                        row -> steps(row.getString(1), row.getString(2), SwitchoverStep.valueOf(row.getString(3))))
                .forEach(wanted::addAll);
        return wanted;
    }

    private static List<String> steps(String id, String parts, SwitchoverStep entry) {
        return FleetTask.type(parts).switchoverSteps().stream()
                .filter(step -> step.compareTo(entry) >= 0)
                .map(step -> id + " " + step)
                .toList();
    }
}
