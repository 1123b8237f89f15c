package io.omsbatch.core.hostile;

import io.omsbatch.api.eligibility.EligibilityMatrix;
import io.omsbatch.api.eligibility.EligibilityPolicy;
import io.omsbatch.api.engine.BatchEngine;
import io.omsbatch.api.engine.BatchRun;
import io.omsbatch.api.engine.SwitchoverWorkflow;
import io.omsbatch.api.operation.BatchOperation;
import io.omsbatch.api.operation.BatchRequest;
import io.omsbatch.api.plan.BatchPlan;
import io.omsbatch.core.EngineBuilder;
import io.omsbatch.core.SystemEnvironment;
import io.omsbatch.core.journal.InMemoryJournalStore;
import io.omsbatch.core.journal.jdbc.JdbcJournalSettings;
import io.omsbatch.core.journal.jdbc.JdbcJournalStore;
import io.omsbatch.core.journal.jdbc.TestDatabase;
import io.omsbatch.core.settings.EngineSettings;
import java.lang.reflect.Executable;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Something to call every public method on: a world with an engine and runs, journals, an environment, and values. */
final class Callee implements AutoCloseable {

    private final World world = new World();
    private final TestDatabase database = TestDatabase.h2();
    private final SystemEnvironment system = SystemEnvironment.create();
    private final InMemoryJournalStore memory = new InMemoryJournalStore(world.environment.clock());
    private final JdbcJournalSettings settings = TestDatabase.settings();
    private final JdbcJournalStore store = JdbcJournalStore.open(database.source(), settings);
    private final BatchEngine engine = world.use(world.builder().build());
    private final BatchRun waiting = run(world.plan(BatchOperation.forwardSwitchover(), world.entered));
    private final BatchRun ended =
            run(engine.plan(BatchRequest.of("other", World.ANN, BatchOperation.stop(), world.running)));

    private BatchRun run(BatchPlan plan) {
        BatchRun run = engine.run(plan.confirm(World.ANN, "because"));
        world.environment.advance(World.LONG);
        return run;
    }

    /** Returns a run that waits for an operator. */
    BatchRun waiting() {
        return waiting;
    }

    /** Returns good values, among them those of this world. */
    Values values(long seed) {
        Values values = new Values(new Random(seed), 0);
        values.know(BatchEngine.class, engine);
        values.know(BatchRun.class, ended);
        values.know(SwitchoverWorkflow.class, waiting);
        values.know(EngineBuilder.class, world.builder());
        values.know(EngineSettings.class, EngineSettings.defaults());
        values.know(SystemEnvironment.class, system);
        values.know(InMemoryJournalStore.class, memory);
        values.know(JdbcJournalStore.class, store);
        values.know(JdbcJournalSettings.class, settings);
        values.know(DataSource.class, database.source());
        values.know(EligibilityPolicy.class, EligibilityMatrix.documented());
        values.know(CompletionStage.class, CompletableFuture.completedFuture("done"));
        values.know(Runnable.class, (Runnable) () -> {});
        values.know(String.class, waiting.id(), "oms", "t1", "REASON");
        return values;
    }

    /** Returns what to call code on: null for constructors and static methods. */
    static @Nullable Object receiver(Executable code, Values values) {
        return code instanceof Method && !Modifier.isStatic(code.getModifiers())
                ? values.of(code.getDeclaringClass(), 3)
                : null;
    }

    @Override
    public void close() {
        store.close();
        system.close();
        world.close();
    }
}
