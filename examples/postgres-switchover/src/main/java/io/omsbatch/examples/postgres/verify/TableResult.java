package io.omsbatch.examples.postgres.verify;

import io.omsbatch.examples.postgres.schema.TableName;
import java.util.List;

/**
 * How one table compared.
 *
 * @param table its name
 * @param source how many rows it has on the source
 * @param target how many on the target
 * @param differing keys of rows that differ and go on differing, at most ten of them
 * @param differingCount how many such rows there are
 * @param moving rows that changed at every look, so that nothing can be said of them before writing stops
 */
public record TableResult(
        TableName table, long source, long target, List<String> differing, long differingCount, long moving) {

    /** Copies the keys. */
    public TableResult {
        differing = List.copyOf(differing);
    }

    /** Whether no row is known to differ. */
    public boolean matches() {
        return differingCount == 0;
    }

    @Override
    public String toString() {
        return table + ": " + source + " rows on the source, " + target + " on the target"
                + (differingCount == 0 ? "" : ", " + differingCount + " differ, such as " + differing)
                + (moving == 0 ? "" : ", " + moving + " kept changing");
    }
}
