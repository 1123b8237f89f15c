package io.omsbatch.testkit.fake;

import io.omsbatch.api.switchover.SyncSample;
import io.omsbatch.api.task.Lag;
import io.omsbatch.api.task.Position;
import java.time.Duration;
import java.time.Instant;

/**
 * The sync of one simulated task to the side that the application enters: from source to target, in a switch back the other way. Positions are times in milliseconds; the source's position moves
 * with time even when nobody writes, as with a heartbeat. Not thread-safe.
 */
final class ForwardSync {

    private final long granularity;
    private final long periodMillis;
    private final long phase;
    private Duration lag;
    private boolean running;
    private long applied;
    private Instant sampledAt;
    private long sampledApplied;

    ForwardSync(PlatformSettings settings, int phase, Instant now) {
        this.granularity = settings.capabilities().positionGranularity();
        this.periodMillis = settings.samplePeriod().toMillis();
        this.phase = Math.floorMod(phase, periodMillis);
        this.lag = settings.lag();
        this.applied = now.minus(lag).toEpochMilli();
        this.sampledAt = Instant.MIN;
        takeSample(now);
    }

    private ForwardSync(ForwardSync other) {
        this.granularity = other.granularity;
        this.periodMillis = other.periodMillis;
        this.phase = other.phase;
        this.lag = other.lag;
        this.running = other.running;
        this.applied = other.applied;
        this.sampledAt = other.sampledAt;
        this.sampledApplied = other.sampledApplied;
    }

    ForwardSync copy() {
        return new ForwardSync(this);
    }

    boolean running() {
        return running;
    }

    void run(boolean wanted, Instant at) {
        takeSample(at);
        applied = applied(at);
        running = wanted;
    }

    void lag(Duration value, Instant at) {
        takeSample(at);
        applied = applied(at);
        lag = value;
    }

    /** Returns up to where the target has really applied. */
    long applied(Instant at) {
        return running ? Math.max(applied, at.minus(lag).toEpochMilli()) : applied;
    }

    /** Returns a position as the platform reports it, as coarse as it declares. */
    Position reported(long value) {
        return Position.of(granularity > 1 ? value - Math.floorMod(value, granularity) : value);
    }

    Position source(Instant at) {
        return reported(at.toEpochMilli());
    }

    /** Returns the newest sample. */
    SyncSample sample(Instant now) {
        takeSample(now);
        Lag measured = running
                ? new Lag.Known(Duration.ofMillis(Math.max(0, sampledAt.toEpochMilli() - sampledApplied)))
                : new Lag.Unknown("forward sync is not running");
        return new SyncSample(reported(sampledApplied), measured, sampledAt);
    }

    /** Takes the sample that has become due since the last one, before anything changes. */
    private void takeSample(Instant now) {
        long millis = now.toEpochMilli();
        Instant due = Instant.ofEpochMilli(millis - Math.floorMod(millis - phase, periodMillis));
        if (due.isAfter(sampledAt)) {
            sampledAt = due;
            sampledApplied = applied(due);
        }
    }
}
