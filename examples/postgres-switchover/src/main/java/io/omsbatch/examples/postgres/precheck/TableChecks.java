package io.omsbatch.examples.postgres.precheck;

import io.omsbatch.examples.postgres.database.Session;
import io.omsbatch.examples.postgres.schema.Table;
import io.omsbatch.examples.postgres.schema.TableName;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Whether every table can be replicated, and is. */
final class TableChecks {

    private TableChecks() {}

    static List<Finding> beforeStart(Session source) {
        List<Table> tables = Table.all(source);
        List<Finding> findings = new ArrayList<>(List.of(keys(tables), identity(tables)));
        List<TableName> notCopied = source.list(
                "SELECT n.nspname, c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace"
                        + " WHERE c.relkind IN ('v', 'm', 'p', 'f') AND n.nspname !~ '^pg_'"
                        + " AND n.nspname <> 'information_schema' ORDER BY 1, 2",
                row -> new TableName(row.getString(1), row.getString(2)));
        findings.add(
                notCopied.isEmpty()
                        ? Finding.passed("other-objects", "there are only ordinary tables")
                        : Finding.warning(
                                "other-objects",
                                "views, partitioned and foreign tables are not migrated: " + names(notCopied),
                                "create them on the target by hand"));
        return findings;
    }

    static List<Finding> beforeSwitchover(Session source, Session target) {
        List<Table> tables = Table.all(source);
        return List.of(keys(tables), identity(tables), onTarget(target, tables));
    }

    /** An update of a published table without a key fails for the application, not for the platform. */
    private static Finding keys(List<Table> tables) {
        List<TableName> without = tables.stream()
                .filter(table -> table.key().isEmpty())
                .map(Table::name)
                .toList();
        return without.isEmpty()
                ? Finding.passed("table-key", "all " + tables.size() + " tables have a primary key")
                : Finding.blocking(
                        "table-key",
                        "without a primary key: " + names(without),
                        "ALTER TABLE " + without.get(0).quoted()
                                + " ADD PRIMARY KEY (..), or drop the table, then repeat");
    }

    private static Finding identity(List<Table> tables) {
        List<TableName> without = tables.stream()
                .filter(table -> !table.key().isEmpty() && !table.identifiable())
                .map(Table::name)
                .toList();
        return without.isEmpty()
                ? Finding.passed("replica-identity", "updates and deletes of all tables can be replicated")
                : Finding.blocking(
                        "replica-identity",
                        "updates and deletes cannot be replicated of " + names(without),
                        "ALTER TABLE " + without.get(0).quoted() + " REPLICA IDENTITY DEFAULT");
    }

    static Finding published(Session source, String publication) {
        List<Table> tables = Table.all(source);
        Set<TableName> published = new HashSet<>(source.list(
                "SELECT schemaname, tablename FROM pg_publication_tables WHERE pubname = ?",
                row -> new TableName(row.getString(1), row.getString(2)),
                publication));
        List<TableName> missing = tables.stream()
                .filter(table -> !published.contains(table.name()))
                .map(Table::name)
                .toList();
        return missing.isEmpty()
                ? Finding.passed("published", "all tables are migrated")
                : Finding.blocking(
                        "published",
                        "made after the migration began, and not migrated: " + names(missing),
                        "drop them, or end this task and start it anew");
    }

    private static Finding onTarget(Session target, List<Table> tables) {
        Set<TableName> there = Table.all(target).stream().map(Table::name).collect(Collectors.toSet());
        List<TableName> missing = tables.stream()
                .filter(table -> !there.contains(table.name()))
                .map(Table::name)
                .toList();
        return missing.isEmpty()
                ? Finding.passed("on-target", "all tables are on the target")
                : Finding.blocking(
                        "on-target", "not on the target: " + names(missing), "create them there, then repeat");
    }

    private static String names(List<TableName> tables) {
        return tables.stream().map(TableName::toString).collect(Collectors.joining(", "));
    }
}
