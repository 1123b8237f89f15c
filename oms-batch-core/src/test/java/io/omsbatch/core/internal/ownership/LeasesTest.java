package io.omsbatch.core.internal.ownership;

import static org.assertj.core.api.Assertions.assertThat;

import io.omsbatch.api.journal.JournalStore;
import io.omsbatch.api.journal.RunOpening;
import io.omsbatch.api.journal.RunRecord;
import io.omsbatch.api.operation.RunPolicy;
import io.omsbatch.core.OutageJournal;
import io.omsbatch.core.internal.run.OneRun;
import io.omsbatch.core.journal.InMemoryJournalStore;
import io.omsbatch.core.settings.EngineSettings;
import io.omsbatch.core.settings.LeaseSettings;
import io.omsbatch.testkit.fake.VirtualEnvironment;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("DUR-2: A run that an engine owns")
class LeasesTest {

    private static final LeaseSettings SETTINGS = LeaseSettings.defaults();

    private final VirtualEnvironment environment = new VirtualEnvironment(1);
    private final OutageJournal way = new OutageJournal();
    private final JournalStore store = new InMemoryJournalStore(environment.clock());
    private final Leases mine = new Leases(way.before(store), environment, SETTINGS, "me");
    private final Leases others = new Leases(store, environment, SETTINGS, "another");
    private final List<String> told = new ArrayList<>();
    private Tenure tenure = Tenure.none("run");

    @BeforeEach
    void own() {
        RunRecord record;
        try (OneRun run = OneRun.switchover(EngineSettings.defaults(), RunPolicy.none(), 1)) {
            record = run.ledger.record();
        }
        RunOpening.Opened opened = (RunOpening.Opened) store.open(record, mine.lease());
        tenure = mine.begin(record.runId(), opened.token(), environment.nanoTime());
        tenure.tell(() -> told.add("renewed"), () -> told.add("lost"));
    }

    @AfterEach
    void close() {
        environment.close();
    }

    @Test
    @DisplayName("may be acted on for as long as its lease is renewed, and not while it cannot be")
    void renewed() {
        assertThat(tenure.lastsUntil(environment.nanoTime()))
                .as("its clock is about to overflow")
                .isTrue();
        environment.advance(SETTINGS.duration().multipliedBy(3));
        assertThat(tenure.lastsUntil(environment.nanoTime())).isTrue();
        way.down();
        environment.advance(SETTINGS.duration());
        assertThat(tenure.lastsUntil(environment.nanoTime())).isFalse();
        way.up();
        environment.advance(SETTINGS.renewal());
        assertThat(tenure.lastsUntil(environment.nanoTime())).isTrue();
        assertThat(told).isNotEmpty().containsOnly("renewed");
    }

    @Test
    @DisplayName(
            "is lost for good once another engine has taken it over, whatever the clock shows, and is asked for no more")
    void lost() {
        way.down();
        environment.advance(SETTINGS.duration().plusSeconds(1));
        assertThat(store.takeOver(tenure.runId(), others.lease())).isPresent();
        way.up();
        told.clear();
        assertThat(mine.renew(tenure)).isFalse();
        assertThat(told).containsExactly("lost");
        assertThat(tenure.lastsUntil(environment.nanoTime())).isFalse();
        assertThat(tenure.lastsUntil(
                        environment.nanoTime() - SETTINGS.duration().toNanos()))
                .isFalse();
        long asked = way.calls("renew");
        environment.advance(SETTINGS.duration().multipliedBy(2));
        assertThat(way.calls("renew")).isEqualTo(asked);
    }
}
