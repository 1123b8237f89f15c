package io.omsbatch.core.process;

import io.omsbatch.core.journal.jdbc.TestDatabase;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.sql.DataSource;

/**
 * A few connections that are lent as they are: one that broke meanwhile is noticed by whoever gets it next. Who gets none in time is told
 * so as by any pool; nothing is tried again, so the database is back for its users as soon as it is.
 */
final class SmallPool implements AutoCloseable {

    private static final long PATIENCE_MILLIS = 300;

    private final TestDatabase server;
    private final String url;
    private final Semaphore free;
    private final Queue<Connection> idle = new ConcurrentLinkedQueue<>();

    /**
     * Creates an empty pool.
     *
     * @param server the database
     * @param options what is added to its address
     * @param size how many connections it lends at most
     */
    SmallPool(TestDatabase server, String options, int size) {
        this.server = server;
        this.url = server.url() + options;
        this.free = new Semaphore(size);
    }

    DataSource source() {
        return (DataSource) Proxy.newProxyInstance(
                SmallPool.class.getClassLoader(), new Class<?>[] {DataSource.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("getConnection")) {
                        return take();
                    }
                    throw new UnsupportedOperationException(method.toString());
                });
    }

    private Connection take() throws SQLException {
        try {
            if (!free.tryAcquire(PATIENCE_MILLIS, TimeUnit.MILLISECONDS)) {
                throw new SQLTransientConnectionException("all connections are lent, for " + PATIENCE_MILLIS + " ms");
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new SQLTransientConnectionException("interrupted", interrupted);
        }
        try {
            Connection waiting = idle.poll();
            return lent(waiting == null ? DriverManager.getConnection(url, server.user(), server.password()) : waiting);
        } catch (SQLException none) {
            free.release();
            throw none;
        }
    }

    private Connection lent(Connection real) {
        AtomicBoolean back = new AtomicBoolean();
        return (Connection) Proxy.newProxyInstance(
                SmallPool.class.getClassLoader(), new Class<?>[] {Connection.class}, (proxy, method, arguments) -> {
                    if (!method.getName().equals("close")) {
                        return call(real, method, arguments);
                    }
                    if (!back.getAndSet(true)) {
                        giveBack(real);
                    }
                    return null;
                });
    }

    private static Object call(Connection real, Method method, Object[] arguments) throws Throwable {
        try {
            return method.invoke(real, arguments);
        } catch (InvocationTargetException failed) {
            throw failed.getCause();
        }
    }

    private void giveBack(Connection real) throws SQLException {
        if (!real.isClosed()) {
            idle.add(real);
        }
        free.release();
    }

    @Override
    public void close() throws SQLException {
        for (Connection connection = idle.poll(); connection != null; connection = idle.poll()) {
            connection.close();
        }
    }
}
