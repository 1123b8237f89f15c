package io.omsbatch.examples.cluster.fleet;

import io.omsbatch.api.task.MigrationType;
import io.omsbatch.api.task.MigrationType.Part;
import io.omsbatch.api.task.SwitchoverStep;
import io.omsbatch.examples.cluster.database.Database;
import java.util.List;
import java.util.stream.Collectors;

/** Fills the platform with tasks of three migration types, each type at two steps of its switchover. */
public final class FleetSeed {
    private static final MigrationType COMPLETE = MigrationType.complete();
    private static final MigrationType ONE_WAY = MigrationType.of(Part.SCHEMA, Part.FULL, Part.INCREMENTAL);
    private static final MigrationType COPY = MigrationType.of(Part.SCHEMA, Part.FULL);
    private static final List<Origin> ORIGINS = List.of(
            new Origin("complete-new", COMPLETE, SwitchoverStep.START_FORWARD_SWITCHOVER),
            new Origin("complete-prechecked", COMPLETE, SwitchoverStep.START_TARGET_STORE),
            new Origin("one-way-new", ONE_WAY, SwitchoverStep.START_FORWARD_SWITCHOVER),
            new Origin("one-way-prechecked", ONE_WAY, SwitchoverStep.CONFIRM_WRITES_STOPPED),
            new Origin("copy-new", COPY, SwitchoverStep.START_FORWARD_SWITCHOVER),
            new Origin("copy-prechecked", COPY, SwitchoverStep.PROCESS_DATABASE_OBJECTS));

    private FleetSeed() {}

    private record Origin(String name, MigrationType type, SwitchoverStep step) {}

    /**
     * Makes the tables and the tasks.
     *
     * @param each how many tasks of each kind
     */
    public static void sow(Database database, int each) {
        database.script(FleetSeed.class, "fleet.sql");
        for (Origin origin : ORIGINS) {
            database.update(
                    "INSERT INTO task (id, parts, entry, step) SELECT ? || '-' || lpad(n::text, 3, '0'), ?, ?, ?"
                            + " FROM generate_series(1, ?) n",
                    origin.name(),
                    origin.type().parts().stream().map(Part::name).collect(Collectors.joining(",")),
                    origin.step().name(),
                    origin.step().name(),
                    each);
        }
    }
}
