package io.omsbatch.core.hostile;

import io.omsbatch.api.gateway.GatewayCapabilities;
import io.omsbatch.api.gateway.GatewayReply;
import io.omsbatch.api.gateway.StepCommand;
import io.omsbatch.api.gateway.SwitchoverGateway;
import io.omsbatch.api.gateway.TaskCommand;
import io.omsbatch.api.gateway.TaskPage;
import io.omsbatch.api.switchover.PrecheckItem;
import io.omsbatch.api.switchover.SwitchoverSnapshot;
import io.omsbatch.api.task.MigrationTask;
import io.omsbatch.api.task.TaskRef;
import java.util.AbstractMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/** A gateway whose every answer passes through somebody who may give another. */
final class BadGateway implements SwitchoverGateway {

    /** What a gateway is asked for. */
    enum Port {
        READ,
        LIST,
        OBSERVE,
        PRECHECK,
        COMMAND,
        STEP
    }

    /** Answers in place of the platform. */
    interface Trouble {
        Object answer(Port port, Supplier<Object> honest);
    }

    /** What is made of an honest map. */
    static final Map<String, UnaryOperator<Map<TaskRef, Object>>> MAPS = new TreeMap<>(Map.of(
            "null", map -> null,
            "empty", map -> Map.of(),
            "null values",
                    map -> {
                        Map<TaskRef, Object> nulls = new HashMap<>();
                        map.keySet().forEach(ref -> nulls.put(ref, null));
                        return nulls;
                    },
            "a null key",
                    map -> {
                        Map<TaskRef, Object> more = new HashMap<>(map);
                        more.put(null, null);
                        return more;
                    },
            "unasked tasks",
                    map -> {
                        Map<TaskRef, Object> more = new HashMap<>(map);
                        map.values().forEach(value -> {
                            for (int i = 0; i < 10_000; i++) {
                                more.put(new TaskRef("oms", "unasked" + i), value);
                            }
                        });
                        return more;
                    },
            "the answer of another task",
                    map -> {
                        Map<TaskRef, Object> turned = new HashMap<>();
                        map.keySet()
                                .forEach(ref ->
                                        turned.put(ref, map.values().iterator().next()));
                        return turned;
                    },
            "of a wrong type",
                    map -> {
                        Map<TaskRef, Object> wrong = new HashMap<>();
                        map.keySet().forEach(ref -> wrong.put(ref, new Values.Troublesome(0)));
                        return wrong;
                    },
            "that throws",
                    map -> new AbstractMap<>() {
                        @Override
                        public Set<Map.Entry<TaskRef, Object>> entrySet() {
                            throw new Hostile.Thrown();
                        }
                    },
            "that overflows the stack",
                    map -> new AbstractMap<>() {
                        @Override
                        public Set<Map.Entry<TaskRef, Object>> entrySet() {
                            throw Hostile.sneaky(Hostile.overflow());
                        }
                    },
            "that throws what it may not",
                    map -> new AbstractMap<>() {
                        @Override
                        public Set<Map.Entry<TaskRef, Object>> entrySet() {
                            throw Hostile.sneaky(new Exception(BadTexts.FORGED));
                        }
                    }));

    private final SwitchoverGateway behind;
    private final Trouble trouble;

    BadGateway(SwitchoverGateway behind, Trouble trouble) {
        this.behind = behind;
        this.trouble = trouble;
    }

    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
    private <T> T answer(Port port, Supplier<Object> honest) {
        return (T) trouble.answer(port, honest);
    }

    @Override
    public GatewayCapabilities capabilities() {
        return behind.capabilities();
    }

    @Override
    public Map<TaskRef, MigrationTask> read(Set<TaskRef> tasks) {
        return answer(Port.READ, () -> behind.read(tasks));
    }

    @Override
    public TaskPage list(String from, int size) {
        return answer(Port.LIST, () -> behind.list(from, size));
    }

    @Override
    public Map<TaskRef, SwitchoverSnapshot> observe(Set<TaskRef> tasks) {
        return answer(Port.OBSERVE, () -> behind.observe(tasks));
    }

    @Override
    public Map<TaskRef, List<PrecheckItem>> precheck(Set<TaskRef> tasks) {
        return answer(Port.PRECHECK, () -> behind.precheck(tasks));
    }

    @Override
    public GatewayReply command(TaskCommand command) {
        return answer(Port.COMMAND, () -> behind.command(command));
    }

    @Override
    public GatewayReply command(StepCommand command) {
        return answer(Port.STEP, () -> behind.command(command));
    }
}
