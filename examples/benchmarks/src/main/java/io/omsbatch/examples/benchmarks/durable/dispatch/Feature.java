package io.omsbatch.examples.benchmarks.durable.dispatch;

import io.omsbatch.api.operation.FailureBudget;
import io.omsbatch.api.operation.RunPolicy;
import io.omsbatch.api.operation.Waves;
import io.omsbatch.core.EngineBuilder;
import io.omsbatch.core.journal.jdbc.AuditKey;
import io.omsbatch.core.journal.jdbc.JdbcJournalSettings;
import io.omsbatch.core.settings.ResourceLimit;
import io.omsbatch.examples.benchmarks.fleet.Fleet;
import java.util.concurrent.atomic.LongAdder;

/** What a host may add to a run, one at a time, to see what it costs. */
enum Feature {
    NONE("oms-batch", ""),
    LISTENER("oms-batch, listener", "; a listener that counts every event"),
    BUDGET("oms-batch, budget", "; a failure budget of 1 %, strict"),
    WAVES("oms-batch, waves", "; waves of 1 %, 10 % and the rest"),
    LIMIT("oms-batch, limit per key", "; 100 resources, 64 tasks at once each"),
    AUDIT_KEY("oms-batch, audit key", "; the hash chain keyed (HMAC-SHA-256)");

    private static final int RESOURCES = 100;

    final String contender;
    final String text;

    Feature(String contender, String text) {
        this.contender = contender;
        this.text = text;
    }

    EngineBuilder addTo(EngineBuilder builder) {
        return switch (this) {
            case LISTENER -> {
                LongAdder events = new LongAdder();
                yield builder.listener(event -> events.increment());
            }
            case LIMIT ->
                builder.limit(
                        ResourceLimit.of("source", task -> Integer.toString(Fleet.number(task.ref()) % RESOURCES), 64));
            case NONE, BUDGET, WAVES, AUDIT_KEY -> builder;
        };
    }

    RunPolicy policy() {
        return switch (this) {
            case BUDGET -> RunPolicy.none().withBudget(FailureBudget.percent(1));
            case WAVES -> RunPolicy.none().withWaves(Waves.parse("1%, 10%, 100%"));
            case NONE, LISTENER, LIMIT, AUDIT_KEY -> RunPolicy.none();
        };
    }

    JdbcJournalSettings journal(JdbcJournalSettings plain) {
        return this == AUDIT_KEY ? plain.withAuditKey(AuditKey.of(new byte[32])) : plain;
    }
}
