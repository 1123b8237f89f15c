package io.omsbatch.core.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.omsbatch.api.journal.JournalStore;
import io.omsbatch.api.journal.Lease;
import io.omsbatch.core.journal.jdbc.DurabilityRisk;
import io.omsbatch.core.journal.jdbc.JdbcJournalSettings;
import io.omsbatch.core.journal.jdbc.JdbcJournalStore;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A data source, and all that comes from it, which does at one of its calls what no driver may. */
@DisplayName("A driver that breaks its contract")
class BrokenDriverTest {

    private static final Logger LOG = LoggerFactory.getLogger(BrokenDriverTest.class);
    private static final int ROUNDS = 12;

    private static final List<Method> METHODS = Stream.of(JournalStore.class.getMethods())
            .filter(method -> method.getParameterCount() > 0)
            .sorted(Comparator.comparing(Method::toString))
            .toList();

    /** What the driver does. */
    enum Trouble {
        THROWS,
        RETURNS_NOTHING,
        RETURNS_ANOTHER_TYPE
    }

    /** Counts the calls of the driver, and breaks one of them. */
    private static final class Driver {

        private final Trouble trouble;
        private int until = Integer.MAX_VALUE;

        Driver(Trouble trouble) {
            this.trouble = trouble;
        }

        DataSource source(DataSource real) {
            return (DataSource) behind(real, DataSource.class);
        }

        private Object behind(Object real, Class<?> type) {
            return Proxy.newProxyInstance(
                    type.getClassLoader(),
                    new Class<?>[] {type},
                    (self, method, arguments) -> call(real, method, arguments));
        }

        private Object call(Object real, Method method, Object... arguments) throws Throwable {
            until--;
            Class<?> type = method.getReturnType();
            if (until == 0 && trouble == Trouble.THROWS) {
                throw new Hostile.Thrown();
            }
            if (until == 0 && trouble == Trouble.RETURNS_ANOTHER_TYPE && type == Object.class) {
                return new Values.Troublesome(1);
            }
            if (until <= 0 && !type.isPrimitive() && trouble == Trouble.RETURNS_NOTHING) {
                until = Integer.MAX_VALUE;
                return null;
            }
            if (until <= 0 && type == String.class && trouble == Trouble.RETURNS_ANOTHER_TYPE) {
                until = Integer.MAX_VALUE;
                return BadTexts.FORGED;
            }
            try {
                Object value = method.invoke(real, arguments);
                return value != null && type.isInterface() && type.getName().startsWith("java.sql.")
                        ? behind(value, type)
                        : value;
            } catch (InvocationTargetException thrown) {
                throw thrown.getCause();
            }
        }
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource(Trouble.class)
    @DisplayName("at any of its calls makes a journal say so as a journal does, and the next call is as good as before")
    void breaks(Trouble trouble) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl("jdbc:h2:mem:broken-" + trouble + ";DB_CLOSE_DELAY=-1;WRITE_DELAY=0");
        Ends ends = new Ends();
        Driver driver = new Driver(trouble);
        JdbcJournalSettings settings =
                JdbcJournalSettings.defaults().withCreateTables(true).accepting(DurabilityRisk.H2_IN_MEMORY);
        try (HikariDataSource real = new HikariDataSource(config);
                JdbcJournalStore store = JdbcJournalStore.open(driver.source(real), settings)) {
            for (Method method : METHODS) {
                for (int broken = 1; broken <= ROUNDS; broken++) {
                    Values values = new Values(new Random(broken), 0);
                    values.know(String.class, "run-1");
                    Object[] arguments = values.arguments(method, 3);
                    int at = broken * broken;
                    driver.until = at;
                    ends.of(
                            method.getName() + " broken at call " + at,
                            values.tolerated,
                            () -> invoke(method, store, arguments));
                    driver.until = Integer.MAX_VALUE;
                }
            }
            assertThat(store.renew(new Lease("engine", Duration.ofSeconds(30)), Map.of()))
                    .isEmpty();
        } finally {
            ends.close();
        }
        LOG.warn("{}: {}", trouble, ends);
    }

    private static Object invoke(Method method, JournalStore store, Object... arguments) {
        try {
            return Values.invoke(method, store, arguments);
        } catch (InvocationTargetException thrown) {
            throw Hostile.sneaky(thrown.getCause());
        }
    }
}
