package io.omsbatch.examples.service.engine;

import io.omsbatch.api.engine.BatchEngine;
import io.omsbatch.api.event.BatchListener;
import io.omsbatch.api.gateway.TaskGateway;
import io.omsbatch.core.EngineBuilder;
import io.omsbatch.core.OmsBatch;
import io.omsbatch.core.journal.jdbc.JdbcJournalSettings;
import io.omsbatch.core.journal.jdbc.JdbcJournalStore;
import io.omsbatch.core.settings.EngineSettings;
import io.omsbatch.core.settings.SettleSettings;
import io.omsbatch.examples.service.gateway.ForwardOnly;
import io.omsbatch.examples.service.gateway.JobGateway;
import io.omsbatch.examples.service.platform.MigrationPlatform;
import io.omsbatch.examples.service.platform.Pace;
import java.time.Duration;
import java.time.InstantSource;
import javax.sql.DataSource;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Makes the engine and what it stands on. Spring closes them in reverse order: the engine, the journal, the databases. */
@Configuration(proxyBeanMethods = false)
class EngineConfiguration {

    /** After this what became of a command is UNKNOWN. */
    private static final Duration GIVE_UP = Duration.ofMinutes(5);

    @Bean
    PlatformDatabase platformDatabase(HostSettings settings) {
        return new PlatformDatabase(settings.folder());
    }

    @Bean
    MigrationPlatform platform(PlatformDatabase database, HostSettings settings) {
        HostSettings.Platform pace = settings.platform();
        MigrationPlatform platform = new MigrationPlatform(
                database.source(), new Pace(pace.order(), pace.stage(), pace.step()), InstantSource.system());
        DemoJobs.fill(platform, settings.demoJobs());
        return platform;
    }

    @Bean
    TaskGateway gateway(MigrationPlatform platform) {
        return new JobGateway(platform);
    }

    /** The journal lies in the data source that Spring Boot configures ({@code spring.datasource}). */
    @Bean(destroyMethod = "close")
    JdbcJournalStore journal(DataSource source) {
        return JdbcJournalStore.open(source, JdbcJournalSettings.defaults().withCreateTables(true));
    }

    @Bean
    HostAccess access(HostSettings settings) {
        return new HostAccess(settings.access().operators(), settings.access().administrators());
    }

    @Bean(destroyMethod = "close")
    BatchEngine engine(
            TaskGateway gateway,
            JdbcJournalStore journal,
            HostAccess access,
            HostSettings settings,
            ObjectProvider<BatchListener> listeners) {
        Duration every = settings.lookEvery();
        EngineBuilder builder = OmsBatch.engine(gateway)
                .journal(journal)
                .access(access)
                .eligibility(ForwardOnly.documented())
                .settings(EngineSettings.defaults()
                        .withSettle(new SettleSettings(GIVE_UP, every, every.multipliedBy(10)))
                        .withCloseTimeout(settings.closeTimeout()));
        listeners.orderedStream().forEach(builder::listener);
        return builder.build();
    }
}
