package io.omsbatch.core;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.omsbatch.api.SafeText;
import io.omsbatch.api.engine.BatchRun;
import io.omsbatch.api.engine.RunState;
import io.omsbatch.api.journal.JournalException;
import io.omsbatch.api.operation.BatchOperation;
import io.omsbatch.api.operation.OperationKind;
import io.omsbatch.api.outcome.BatchReport;
import io.omsbatch.api.task.MigrationTask;
import io.omsbatch.api.task.TaskRef;
import io.omsbatch.testkit.fault.CallPattern;
import io.omsbatch.testkit.fault.Fault;
import io.omsbatch.testkit.fault.FaultKind;
import io.omsbatch.testkit.fault.FaultScript;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

@DisplayName("What reaches a log or a terminal (SEC-2)")
class LogSafetyTest {

    private static final String HOSTILE = "\u001b[2J\r\nINFO forged line\u202e";

    private final Logger logger = (Logger) LoggerFactory.getLogger("io.omsbatch");
    private final ListAppender<ILoggingEvent> captured = new ListAppender<>();
    private Level before;

    @BeforeEach
    void capture() {
        before = logger.getLevel();
        logger.setLevel(Level.TRACE);
        captured.start();
        logger.addAppender(captured);
    }

    @AfterEach
    void release() {
        logger.detachAppender(captured);
        logger.setLevel(before);
    }

    private static void assertSafe(String text) {
        text.lines().forEach(line -> assertThat(SafeText.escape(line)).isEqualTo(line));
        assertThat(text).doesNotContain("\r").doesNotContain("\nINFO forged line");
    }

    private void assertLogIsSafe() {
        assertThat(captured.list).isNotEmpty();
        for (ILoggingEvent event : captured.list) {
            assertThat(SafeText.escape(event.getFormattedMessage())).isEqualTo(event.getFormattedMessage());
            if (event.getThrowableProxy() != null) {
                String message = event.getThrowableProxy().getMessage();
                assertThat(SafeText.escape(message)).isEqualTo(message);
                assertThat(event.getThrowableProxy().getCause()).isNull();
            }
        }
    }

    private static MigrationTask.Builder hostile(MigrationTask.Builder task) {
        return EngineHarness.running().apply(task).name(HOSTILE);
    }

    @Test
    @DisplayName("holds no line break and no escape sequence of a task's name or a gateway's exception")
    void reports() {
        FaultScript throwing = FaultScript.none()
                .always(
                        CallPattern.of(OperationKind.STOP).on(EngineHarness.ref("t1")),
                        Fault.of(FaultKind.THROW_BEFORE_EFFECT));
        try (EngineHarness world = EngineHarness.with(throwing)) {
            List<TaskRef> tasks = world.add(3, LogSafetyTest::hostile);
            assertSafe(world.plan(BatchOperation.stop(), tasks).render());
            BatchReport report = world.run(BatchOperation.stop(), tasks);
            assertThat(report.render()).contains("forged line");
            assertSafe(report.render());
        }
    }

    @Test
    @DisplayName("holds nothing raw of what a listener threw")
    void listeners() {
        try (EngineHarness world = EngineHarness.healthy()) {
            world.builder().listener(event -> {
                throw new IllegalStateException(HOSTILE, new IllegalStateException(HOSTILE));
            });
            BatchReport report = world.run(BatchOperation.stop(), world.add(1, LogSafetyTest::hostile));
            world.environment.runUntilIdle();
            assertThat(report.results()).allMatch(result -> result.outcome().successful());
            assertLogIsSafe();
        }
    }

    @Test
    @DisplayName("holds nothing raw of what a journal threw")
    void journals() {
        try (EngineHarness world = EngineHarness.healthy()) {
            world.journal.failWhen(facts -> {
                throw new JournalException(
                        JournalException.Kind.UNAVAILABLE, "r", HOSTILE, new IllegalStateException(HOSTILE));
            });
            BatchRun run = world.start(BatchOperation.stop(), world.add(1, LogSafetyTest::hostile));
            world.environment.runUntilIdle();
            assertThat(run.state()).isEqualTo(RunState.PARKED);
            assertLogIsSafe();
        }
    }
}
