package io.omsbatch.core.internal.read;

import io.omsbatch.api.gateway.GatewayCapabilities;
import io.omsbatch.api.gateway.GatewayException;
import io.omsbatch.api.gateway.GatewayReply;
import io.omsbatch.api.gateway.TaskCommand;
import io.omsbatch.api.gateway.TaskGateway;
import io.omsbatch.api.gateway.TaskPage;
import io.omsbatch.api.task.MigrationTask;
import io.omsbatch.api.task.TaskRef;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A gateway of which a test says how it reads and lists; it knows every task. */
final class StubGateway implements TaskGateway {

    interface Reading {
        Map<TaskRef, MigrationTask> read(Set<TaskRef> tasks) throws Exception;
    }

    interface Listings {
        TaskPage list(@Nullable String from, int size) throws Exception;
    }

    final List<Set<TaskRef>> reads = new ArrayList<>();
    final List<@Nullable String> cursors = new ArrayList<>();
    Reading reading = StubGateway::all;
    Listings listing = (from, size) -> new TaskPage(List.of(), null);

    static TaskRef ref(int number) {
        return new TaskRef("p", "t" + number);
    }

    static List<TaskRef> refs(int count) {
        List<TaskRef> refs = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            refs.add(ref(i));
        }
        return refs;
    }

    static MigrationTask task(TaskRef ref) {
        return MigrationTask.builder(ref).build();
    }

    static Map<TaskRef, MigrationTask> all(Set<TaskRef> tasks) {
        Map<TaskRef, MigrationTask> answer = new HashMap<>();
        tasks.forEach(ref -> answer.put(ref, task(ref)));
        return answer;
    }

    @Override
    public GatewayCapabilities capabilities() {
        return GatewayCapabilities.of();
    }

    @Override
    public Map<TaskRef, MigrationTask> read(Set<TaskRef> tasks) {
        reads.add(Set.copyOf(tasks));
        try {
            return reading.read(tasks);
        } catch (Exception thrown) {
            throw StubGateway.<RuntimeException>sneaky(thrown);
        }
    }

    @Override
    public TaskPage list(@Nullable String from, int size) {
        cursors.add(from);
        try {
            return listing.list(from, size);
        } catch (Exception thrown) {
            throw StubGateway.<RuntimeException>sneaky(thrown);
        }
    }

    @Override
    public GatewayReply command(TaskCommand command) {
        throw GatewayException.rejected("READ_ONLY", "a read commands nothing", "");
    }

    /** Lets a checked exception out undeclared, as gateways in other languages do. */
    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
    private static <E extends Exception> E sneaky(Exception thrown) throws E {
        throw (E) thrown;
    }
}
