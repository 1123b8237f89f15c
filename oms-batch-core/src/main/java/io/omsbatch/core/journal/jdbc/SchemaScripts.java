package io.omsbatch.core.journal.jdbc;

import io.omsbatch.api.Limits;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * The scripts that make and migrate tables: {@code <database>/V<n>.sql} leads from version n - 1 to n. In them
 * <code>{name}</code> stands for a table. Every statement may be executed again, because some databases cannot take DDL back.
 *
 * @param version the newest version
 * @param owner the class beside which the scripts lie
 */
record SchemaScripts(int version, Class<?> owner) {

    static SchemaScripts released() {
        return new SchemaScripts(JournalSchema.VERSION, JournalSchema.class);
    }

    String script(JournalDatabase database, String prefix, int fromVersion) {
        StringBuilder script = new StringBuilder();
        statements(database, prefix, fromVersion)
                .forEach(statement -> script.append(statement).append(";\n\n"));
        return script.toString();
    }

    List<String> statements(JournalDatabase database, String prefix, int fromVersion) {
        Limits.range("JournalSchema.fromVersion", fromVersion, 0, version);
        List<String> statements = new ArrayList<>();
        for (int next = fromVersion + 1; next <= version; next++) {
            for (String statement : read(database, next).split(";\\s*\n", -1)) {
                if (!statement.isBlank()) {
                    statements.add(statement.strip().replace("{", prefix).replace("}", ""));
                }
            }
            statements.add("INSERT INTO " + prefix + "schema_version (version) SELECT " + next
                    + " WHERE NOT EXISTS (SELECT 1 FROM " + prefix + "schema_version WHERE version = " + next + ")");
        }
        return statements;
    }

    private String read(JournalDatabase database, int number) {
        String name = database.folder() + "/V" + number + ".sql";
        try (InputStream resource = owner.getResourceAsStream(name)) {
            if (resource == null) {
                throw new IllegalStateException("the resource " + name + " is missing beside " + owner.getName());
            }
            return new String(resource.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }
}
