package io.omsbatch.core.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import io.omsbatch.api.OmsBatchException;
import java.lang.reflect.Executable;
import java.lang.reflect.InvocationTargetException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

@DisplayName(
        "SEC-3: Every public constructor, factory and method, given a duration that is negative, nothing or endless,")
class DurationArgumentTest {

    private static final Logger LOG = LoggerFactory.getLogger(DurationArgumentTest.class);
    private static final int TRIES = 20;

    /** More than the slowest takes on a busy machine. */
    private static final Duration BOUND = Duration.ofSeconds(5);

    private static final List<Duration> TIMES = List.of(
            Duration.ZERO,
            Duration.ofNanos(-1),
            Duration.ofSeconds(Long.MIN_VALUE),
            Duration.ofNanos(1),
            Duration.ofDays(200_000),
            Duration.ofSeconds(Long.MAX_VALUE),
            Duration.ofSeconds(Long.MAX_VALUE, 999_999_999));

    private final List<String> wrong = new ArrayList<>();
    private final Map<String, Integer> ends = new TreeMap<>();

    @Test
    @DisplayName("goes on with it or refuses it, soon")
    void ends() throws InterruptedException {
        int arguments = 0;
        try (Callee callee = new Callee()) {
            for (Executable code : PublicCode.all()) {
                for (int i = 0; i < code.getParameterCount(); i++) {
                    if (code.getParameterTypes()[i] == Duration.class) {
                        arguments++;
                        for (Duration time : TIMES) {
                            call(callee, code, i, time);
                        }
                    }
                }
            }
        }
        LOG.warn("{} arguments that are durations, {} durations each: {}", arguments, TIMES.size(), ends);
        assertThat(wrong).isEmpty();
        assertThat(arguments).isGreaterThan(50);
    }

    @Test
    @DisplayName("and a run that goes on is not waited for if there is no time to wait")
    void waits() throws InterruptedException {
        try (Callee callee = new Callee()) {
            for (Duration time : TIMES.subList(0, 3)) {
                assertThat(callee.waiting().await(time)).as("after %s", time).isEmpty();
            }
        }
    }

    private void call(Callee callee, Executable code, int index, Duration time) throws InterruptedException {
        String what = code.getParameters()[index].getName() + " " + time + " of " + code + ": ";
        String end = "";
        for (int seed = 0; seed < TRIES && !end.equals("went on"); seed++) {
            Values values = callee.values(seed);
            Object receiver = Callee.receiver(code, values);
            Object[] arguments = values.arguments(code, 3);
            arguments[index] = time;
            try {
                end = CompletableFuture.supplyAsync(() -> end(code, receiver, arguments))
                        .get(BOUND.toSeconds(), TimeUnit.SECONDS);
            } catch (ExecutionException | TimeoutException failed) {
                wrong.add(what + failed);
                return;
            }
        }
        ends.merge(end, 1, Integer::sum);
    }

    private static String end(Executable code, Object receiver, Object... arguments) {
        try {
            String unused = String.valueOf(Values.invoke(code, receiver, arguments));
            return "went on";
        } catch (InvocationTargetException thrown) {
            if (thrown.getCause() instanceof OmsBatchException refused && Ends.safe(refused.getMessage())) {
                return refused.getClass().getSimpleName();
            }
            throw Hostile.sneaky(thrown.getCause());
        }
    }
}
