package io.omsbatch.core.journal.jdbc;

import java.io.PrintWriter;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.logging.Logger;
import javax.sql.DataSource;

/** A data source that counts what is open and what is committed, and whose commits and connections a test can break. */
public final class FaultySource implements DataSource {

    /** What the next commit does instead. */
    public interface Fault {
        void commit(Connection real) throws SQLException;
    }

    private final DataSource real;
    private final AtomicReference<Fault> nextCommit = new AtomicReference<>();
    private final AtomicInteger open = new AtomicInteger();
    private final AtomicInteger commits = new AtomicInteger();
    private final AtomicInteger asked = new AtomicInteger();
    private final AtomicInteger inserted = new AtomicInteger();
    private final AtomicInteger brokenCommits = new AtomicInteger();
    private volatile boolean down;
    private volatile boolean full;

    /** Creates a source in front of another one. */
    public FaultySource(DataSource real) {
        this.real = real;
    }

    static SQLException connectionLost() {
        return new SQLException("the connection is lost", "08006");
    }

    /** A disk without room, as PostgreSQL reports it. */
    static SQLException noRoom() {
        return new SQLException("could not extend file: No space left on device", "53100");
    }

    /** From now on there is no room for what is inserted, as is found out in turn when it is written and when it is committed. */
    public void full(boolean isFull) {
        full = isFull;
    }

    void nextCommit(Fault fault) {
        nextCommit.set(fault);
    }

    void down(boolean isDown) {
        down = isDown;
    }

    int open() {
        return open.get();
    }

    int commits() {
        return commits.get();
    }

    /** Returns how often a connection was asked for. */
    public int asked() {
        return asked.get();
    }

    /** Returns how many commits ended with a failure. */
    public int brokenCommits() {
        return brokenCommits.get();
    }

    @Override
    public Connection getConnection() throws SQLException {
        asked.incrementAndGet();
        if (down) {
            throw new SQLException("no connection", "08001");
        }
        Connection connection = real.getConnection();
        open.incrementAndGet();
        AtomicBoolean overflows = new AtomicBoolean();
        return (Connection) Proxy.newProxyInstance(
                FaultySource.class.getClassLoader(), new Class<?>[] {Connection.class}, (proxy, method, arguments) -> {
                    if (full) {
                        fill(connection, method, arguments, overflows);
                    }
                    return call(connection, method, arguments);
                });
    }

    private void fill(Connection connection, Method method, Object[] arguments, AtomicBoolean overflows)
            throws SQLException {
        boolean inserts = method.getName().equals("prepareStatement")
                && String.valueOf(arguments[0]).startsWith("INSERT");
        if (inserts && inserted.getAndIncrement() % 2 == 0) {
            throw noRoom();
        }
        overflows.compareAndSet(false, inserts);
        if (method.getName().equals("commit") && overflows.get()) {
            connection.rollback();
            brokenCommits.incrementAndGet();
            throw noRoom();
        }
    }

    private Object call(Connection connection, Method method, Object[] arguments) throws Throwable {
        if (method.getName().equals("commit")) {
            Fault fault = nextCommit.getAndSet(null);
            commits.incrementAndGet();
            if (fault != null) {
                fault.commit(connection);
                return null;
            }
        }
        if (method.getName().equals("close")) {
            open.decrementAndGet();
        }
        try {
            return method.invoke(connection, arguments);
        } catch (InvocationTargetException thrown) {
            if (method.getName().equals("commit")) {
                brokenCommits.incrementAndGet();
            }
            throw thrown.getCause();
        }
    }

    @Override
    public Connection getConnection(String user, String password) throws SQLException {
        return getConnection();
    }

    @Override
    public PrintWriter getLogWriter() {
        throw new UnsupportedOperationException();
    }

    @Override
    public void setLogWriter(PrintWriter out) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void setLoginTimeout(int seconds) {
        throw new UnsupportedOperationException();
    }

    @Override
    public int getLoginTimeout() {
        return 0;
    }

    @Override
    public Logger getParentLogger() {
        throw new UnsupportedOperationException();
    }

    @Override
    public <T> T unwrap(Class<T> type) throws SQLException {
        return real.unwrap(type);
    }

    @Override
    public boolean isWrapperFor(Class<?> type) throws SQLException {
        return real.isWrapperFor(type);
    }
}
