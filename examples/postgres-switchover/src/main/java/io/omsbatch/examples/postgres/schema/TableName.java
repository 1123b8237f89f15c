package io.omsbatch.examples.postgres.schema;

import io.omsbatch.examples.postgres.database.Sql;

/**
 * A table, a sequence or another named object.
 *
 * @param schema its schema
 * @param name its own name
 */
public record TableName(String schema, String name) {

    /** For a statement. */
    public String quoted() {
        return Sql.name(schema) + "." + Sql.name(name);
    }

    @Override
    public String toString() {
        return schema + "." + name;
    }
}
