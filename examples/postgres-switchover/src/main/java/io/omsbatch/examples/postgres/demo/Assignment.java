package io.omsbatch.examples.postgres.demo;

import io.omsbatch.examples.postgres.server.LeftRun;
import io.omsbatch.examples.postgres.server.PostgresVersion;
import io.omsbatch.examples.postgres.server.ServerPlan;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/**
 * What one run of the example was told to do, as it notes it for a process that has to go on with it. Immutable.
 *
 * @param id tells it from others that share a journal's database: eight hexadecimal digits
 * @param options what it is to do
 */
record Assignment(String id, DemoOptions options) {
    private static final String ID = "id";
    private static final String ROWS = "rows";
    private static final String RATE = "rate";
    private static final String FAIL = "fail";
    private static final String JOURNAL = "journal";
    private static final String WAVES = "waves";
    private static final String BUDGET = "budget";
    private static final String FREEZE = "freeze";
    private static final String ABORT_AT = "abort.at";
    private static final String DRY_RUN = "dry.run";
    private static final String BACK = "back";
    private static final String NOTHING = "";

    static Assignment of(DemoOptions options) {
        return new Assignment(UUID.randomUUID().toString().substring(0, 8), options);
    }

    /** The one of a run that was killed; its servers know the rest. */
    static Assignment of(LeftRun left) {
        String fail = left.note(FAIL);
        return new Assignment(
                left.note(ID),
                new DemoOptions(
                        left.number("tasks"),
                        left.number(ROWS),
                        left.number(RATE),
                        PostgresVersion.of(left.number("source.version")),
                        PostgresVersion.of(left.number("target.version")),
                        fail.equals(NOTHING) ? null : Breakage.parse(fail),
                        left.note(JOURNAL),
                        course(left)));
    }

    private static Course course(LeftRun left) {
        Course course = Course.of(left.note(WAVES), left.note(BUDGET), left.note(FREEZE), left.note(ABORT_AT));
        course = Boolean.parseBoolean(left.note(DRY_RUN)) ? course.dry() : course;
        return Boolean.parseBoolean(left.note(BACK)) ? course.andBack() : course;
    }

    /** The servers that it needs. */
    ServerPlan servers() {
        return new ServerPlan(options.source(), options.target(), options.tasks(), options.journal() != null);
    }

    /** What the servers do not note by themselves. */
    Map<String, String> notes() {
        Map<String, String> notes = new TreeMap<>();
        notes.put(ID, id);
        notes.put(ROWS, "" + options.rows());
        notes.put(RATE, "" + options.rate());
        notes.put(
                FAIL, options.breakage() == null ? NOTHING : options.breakage().toString());
        notes.put(JOURNAL, options.journal() == null ? NOTHING : options.journal());
        notes.put(WAVES, options.course().waves());
        notes.put(BUDGET, options.course().budget());
        notes.put(FREEZE, options.course().freeze());
        notes.put(DRY_RUN, Boolean.toString(options.course().dryRun()));
        notes.put(BACK, Boolean.toString(options.course().back()));
        notes.put(ABORT_AT, options.course().abortion());
        return notes;
    }
}
