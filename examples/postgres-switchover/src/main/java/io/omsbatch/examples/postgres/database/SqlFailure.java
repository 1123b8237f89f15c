package io.omsbatch.examples.postgres.database;

import io.omsbatch.examples.postgres.problem.PlatformFailure;
import io.omsbatch.examples.postgres.problem.Problem;
import java.sql.SQLException;

/** A statement failed; carries PostgreSQL's own five-character state. */
public final class SqlFailure extends PlatformFailure {
    private static final long serialVersionUID = 1L;
    private static final int LONGEST_STATEMENT = 160;

    private final String state;
    private final boolean commitUnanswered;

    SqlFailure(String where, String sql, SQLException cause) {
        this(where, sql, cause, false);
    }

    private SqlFailure(String where, String sql, SQLException cause, boolean commitUnanswered) {
        super(problem(where, sql, cause), cause);
        this.state = stateOf(cause);
        this.commitUnanswered = commitUnanswered;
    }

    static SqlFailure ofCommit(String where, SQLException cause) {
        return new SqlFailure(where, "COMMIT", cause, true);
    }

    /** Whether a commit was asked for and got no answer, so that nobody knows whether it happened. */
    public boolean commitUnanswered() {
        return commitUnanswered;
    }

    /** PostgreSQL's state, such as {@code 57014}; empty when the driver failed by itself. */
    public String state() {
        return state;
    }

    /** Whether the statement ran into its time limit. */
    public boolean ranOutOfTime() {
        return "57014".equals(state) || "55P03".equals(state);
    }

    /** Whether the object to be created was there already. */
    public boolean alreadyThere() {
        return "42710".equals(state) || "42P07".equals(state) || "42P04".equals(state);
    }

    /** Whether the object is being used by another session. */
    public boolean inUse() {
        return "55006".equals(state);
    }

    private static Problem problem(String where, String sql, SQLException cause) {
        String state = stateOf(cause);
        String text = sql.strip().replaceAll("\\s+", " ");
        String shown = text.length() <= LONGEST_STATEMENT ? text : text.substring(0, LONGEST_STATEMENT) + "...";
        String said = String.valueOf(cause.getMessage()).strip().replaceAll("\\s+", " ");
        String message = said + " [" + state + "] on " + where + ": " + shown;
        return isPassing(state)
                ? Problem.passing("SQL_" + state, message, "repeat it; if it stays, look at the server's log")
                : Problem.of("SQL_" + state, message, "repair what the message names, then repeat");
    }

    private static boolean isPassing(String state) {
        return state.isEmpty()
                || state.startsWith("08")
                || state.startsWith("40")
                || state.startsWith("53")
                || state.startsWith("57")
                || state.startsWith("55");
    }

    private static String stateOf(SQLException cause) {
        String state = cause.getSQLState();
        return state == null ? "" : state;
    }
}
