package io.omsbatch.core.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.StackTraceElementProxy;
import ch.qos.logback.core.AppenderBase;
import io.omsbatch.api.SafeText;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.LoggerFactory;

/** Takes all that the library logs meanwhile, keeps it from the console, and keeps what is not safe to show. */
final class SafeLog extends AppenderBase<ILoggingEvent> implements AutoCloseable {

    private final Logger logger = (Logger) LoggerFactory.getLogger("io.omsbatch");
    private final Level before = logger.getLevel();
    private final Queue<String> unsafe = new ConcurrentLinkedQueue<>();
    private final LongAdder lines = new LongAdder();

    SafeLog() {
        logger.setLevel(Level.TRACE);
        logger.setAdditive(false);
        start();
        logger.addAppender(this);
    }

    @Override
    protected void append(ILoggingEvent event) {
        lines.increment();
        require(event.getFormattedMessage());
        IThrowableProxy thrown = event.getThrowableProxy();
        if (thrown != null) {
            require(thrown.getClassName());
            require(String.valueOf(thrown.getMessage()));
            for (StackTraceElementProxy frame : thrown.getStackTraceElementProxyArray()) {
                require(frame.getSTEAsString());
            }
            if (thrown.getCause() != null) {
                unsafe.add("a foreign cause, of " + thrown.getClassName());
            }
        }
    }

    private void require(String text) {
        if (!Ends.safe(text)) {
            unsafe.add(SafeText.escape(text, 300));
        }
    }

    /** Fails if anything was logged that is not safe to show; returns how many lines there were. */
    long assertSafe() {
        assertThat(unsafe).as("lines that are not safe to show").isEmpty();
        return lines.sum();
    }

    @Override
    public void close() {
        logger.detachAppender(this);
        logger.setAdditive(true);
        logger.setLevel(before);
    }
}
