package io.omsbatch.examples.postgres.verify;

import java.util.List;
import java.util.stream.Collectors;

/**
 * How one database compared.
 *
 * @param tables each of its tables
 */
public record VerificationResult(List<TableResult> tables) {

    /** Copies the tables. */
    public VerificationResult {
        tables = List.copyOf(tables);
    }

    /** Whether no row of any table is known to differ. */
    public boolean matches() {
        return tables.stream().allMatch(TableResult::matches);
    }

    /** Rows on the source. */
    public long rows() {
        return tables.stream().mapToLong(TableResult::source).sum();
    }

    /** The tables that differ, for people. */
    public String differences() {
        return tables.stream()
                .filter(table -> !table.matches())
                .map(TableResult::toString)
                .collect(Collectors.joining("; "));
    }
}
