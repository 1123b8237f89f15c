package io.omsbatch.examples.postgres.show;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/** Measures what a run did, one thing after the other. For one thread. */
public final class Stopwatch {
    private final Map<String, Duration> laps = new LinkedHashMap<>();
    private long last = System.nanoTime();

    /** Ends what was begun with the lap before. */
    public void lap(String name) {
        long now = System.nanoTime();
        laps.merge(name, Duration.ofNanos(now - last), Duration::plus);
        last = now;
    }

    /** A line for each lap, and the sum. */
    public String render() {
        StringBuilder text = new StringBuilder("\nTimes:\n");
        Duration total = Duration.ZERO;
        for (Map.Entry<String, Duration> lap : laps.entrySet()) {
            text.append(line(lap.getKey(), lap.getValue()));
            total = total.plus(lap.getValue());
        }
        return text.append(line("in all", total)).toString();
    }

    private static String line(String name, Duration time) {
        return String.format("  %-34s %6.1f s%n", name, time.toMillis() / 1000.0);
    }
}
