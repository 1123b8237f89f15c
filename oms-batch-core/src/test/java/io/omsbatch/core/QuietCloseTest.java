package io.omsbatch.core;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.omsbatch.api.engine.BatchRun;
import io.omsbatch.api.engine.RunState;
import io.omsbatch.api.operation.BatchOperation;
import io.omsbatch.api.operation.OperationKind;
import io.omsbatch.core.internal.call.CallDispatcher;
import io.omsbatch.testkit.fake.PlatformSettings;
import io.omsbatch.testkit.fault.CallPattern;
import io.omsbatch.testkit.fault.Fault;
import io.omsbatch.testkit.fault.FaultKind;
import io.omsbatch.testkit.fault.FaultScript;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

@DisplayName("An engine that is closed with runs under way")
class QuietCloseTest {

    private final Logger logger = (Logger) LoggerFactory.getLogger(CallDispatcher.class);
    private final ListAppender<ILoggingEvent> captured = new ListAppender<>();

    @BeforeEach
    void capture() {
        captured.start();
        logger.addAppender(captured);
    }

    @AfterEach
    void release() {
        logger.detachAppender(captured);
    }

    private List<ILoggingEvent> complaintsAfter(boolean closing) {
        FaultScript never = FaultScript.none()
                .always(CallPattern.of(OperationKind.STOP), Fault.of(FaultKind.NEVER_RETURN_BEFORE_EFFECT));
        try (EngineHarness world = new EngineHarness(
                PlatformSettings.of(1), never, settings -> settings.withCloseTimeout(Duration.ofSeconds(2)))) {
            AtomicBoolean broken = new AtomicBoolean();
            world.builder().environment(new BreakableEnvironment(world.environment, broken));
            BatchRun run = world.start(BatchOperation.stop(), world.add(30, EngineHarness.running()));
            world.environment.advance(Duration.ofSeconds(5));
            if (closing) {
                world.engine().close();
                assertThat(run.state()).isEqualTo(RunState.PARKED);
            }
            broken.set(true);
            world.environment.advance(Duration.ofHours(1));
            return captured.list.stream()
                    .filter(event -> event.getLevel().isGreaterOrEqual(Level.INFO))
                    .toList();
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    @DisplayName("does not call it a failure that its executor is shut down; one that is at work does")
    void executorShutDown(boolean closing) {
        assertThat(complaintsAfter(closing).isEmpty()).isEqualTo(closing);
    }
}
