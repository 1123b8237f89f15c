package io.omsbatch.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.omsbatch.api.eligibility.Reason;
import io.omsbatch.api.eligibility.Verdict;
import io.omsbatch.api.engine.Control;
import io.omsbatch.api.gateway.FencingToken;
import io.omsbatch.api.gateway.GatewayCapabilities;
import io.omsbatch.api.gateway.TaskPage;
import io.omsbatch.api.journal.JournalRecord;
import io.omsbatch.api.operation.Actor;
import io.omsbatch.api.operation.BatchOperation;
import io.omsbatch.api.operation.BatchRequest;
import io.omsbatch.api.operation.Confirmation;
import io.omsbatch.api.operation.RunPolicy;
import io.omsbatch.api.task.MigrationTask;
import io.omsbatch.api.task.Position;
import io.omsbatch.api.task.Revision;
import io.omsbatch.api.task.TaskRef;
import java.time.Duration;
import java.time.Instant;
import java.util.AbstractSet;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("SEC-3: An input beyond its limit is refused with its field, its size and the limit")
class LimitsTest {

    private static final String LONG = "x".repeat(201);

    private static void refused(ThrowingCallable input, String field, String problem) {
        assertThatThrownBy(input)
                .isInstanceOfSatisfying(
                        InvalidInputException.class,
                        refusal -> assertThat(refusal.field()).isEqualTo(field))
                .hasMessage(field + ": " + problem);
    }

    @Test
    @DisplayName("identifiers have 1 to 200 characters")
    void length() {
        assertThat(Limits.id("f", LONG.substring(1))).hasSize(200);
        refused(() -> Limits.id("f", LONG), "f", "has 201 characters; it must have 1 to 200");
        refused(() -> Limits.id("f", ""), "f", "has 0 characters; it must have 1 to 200");
        refused(() -> new TaskRef(LONG, "t"), "TaskRef.platform", "has 201 characters; it must have 1 to 200");
        refused(() -> new TaskRef("p", ""), "TaskRef.id", "has 0 characters; it must have 1 to 200");
        refused(() -> new Actor(LONG), "Actor.name", "has 201 characters; it must have 1 to 200");
        refused(() -> new Revision(""), "Revision.value", "has 0 characters; it must have 1 to 200");
        refused(() -> new Position(1, LONG), "Position.text", "has 201 characters; it must have 1 to 200");
    }

    @Test
    @DisplayName("identifiers hold nothing that could not be shown as it is")
    void characters() {
        assertThat(Limits.id("f", "迁移 任务 😀")).isEqualTo("迁移 任务 😀");
        String rest = "; remove it";
        refused(
                () -> Limits.id("f", "ab\u001b"),
                "f",
                "holds the control or format character U+001B at index 2" + rest);
        refused(() -> Limits.id("f", "\n"), "f", "holds the control or format character U+000A at index 0" + rest);
        refused(
                () -> Limits.id("f", "😀\u202e"),
                "f",
                "holds the control or format character U+202E at index 2" + rest);
        refused(() -> Limits.id("f", "a\u2028"), "f", "holds the control or format character U+2028 at index 1" + rest);
        refused(() -> Limits.id("f", "a\ud83d"), "f", "holds the control or format character U+D83D at index 1" + rest);
        refused(
                () -> new TaskRef("p", "\u200b"),
                "TaskRef.id",
                "holds the control or format character U+200B at index 0" + rest);
    }

    @Test
    @DisplayName("actors, platforms and tasks have names that can be seen")
    void blank() {
        String problem = "is blank: 2 characters that nobody can see; name it visibly";
        refused(() -> new Actor("  "), "Actor.name", problem);
        refused(() -> new TaskRef(" \u00a0", "t"), "TaskRef.platform", problem);
        refused(() -> new TaskRef("p", " \u3000"), "TaskRef.id", problem);
        assertThat(new TaskRef("p", " t ").id()).isEqualTo(" t ");
    }

    @Test
    @DisplayName("reasons have 1 to 1 000 characters, say something, and may have lines")
    void reasons() {
        assertThat(Limits.reason("f", "first\r\n\tsecond 👩\u200d💻")).contains("second");
        refused(() -> Limits.reason("f", " \n "), "f", "is blank; say why, in 1 to 1000 characters");
        refused(() -> Limits.reason("f", "x".repeat(1_001)), "f", "has 1001 characters; it must have 1 to 1000");
        refused(
                () -> Limits.reason("f", "a\u001b"),
                "f",
                "holds the control or format character U+001B at index 1; remove it");
        refused(
                () -> new Confirmation("f", new Actor("a"), "", Set.of()),
                "Confirmation.reason",
                "is blank; say why, in 1 to 1000 characters");
    }

    @Test
    @DisplayName("numbers and durations lie within their ranges, ends included")
    void ranges() {
        assertThat(Limits.range("f", 1, 1, 3)).isEqualTo(1);
        assertThat(Limits.range("f", 3, 1, 3)).isEqualTo(3);
        refused(() -> Limits.range("f", 0, 1, 3), "f", "is 0; it must be 1 to 3");
        refused(() -> Limits.range("f", 4, 1, 3), "f", "is 4; it must be 1 to 3");
        Duration second = Duration.ofSeconds(1);
        assertThat(Limits.range("f", second, second, second)).isEqualTo(second);
        refused(() -> Limits.range("f", Duration.ZERO, second, second), "f", "is PT0S; it must be PT1S to PT1S");
        refused(() -> new FencingToken(0), "FencingToken.value", "is 0; it must be 1 to 9223372036854775807");
        refused(
                () -> GatewayCapabilities.of().withMaximumStaleness(Duration.ofDays(2)),
                "GatewayCapabilities.maximumStaleness",
                "is PT48H; it must be PT0S to PT24H");
        refused(
                () -> GatewayCapabilities.of().withMaximumEffectDelay(Duration.ofNanos(-1)),
                "GatewayCapabilities.maximumEffectDelay",
                "is PT-0.000000001S; it must be PT0S to PT24H");
        refused(
                () -> GatewayCapabilities.of().withPositionGranularity(-1),
                "GatewayCapabilities.positionGranularity",
                "is -1; it must be 0 to 9223372036854775807");
    }

    @Test
    @DisplayName("collections that a host hands over hold no null")
    void noNull() {
        TaskRef task = new TaskRef("p", "t");
        List<TaskRef> tasks = Arrays.asList(task, null);
        String problem = "holds null at index 1 of 2; leave it out";
        Actor ann = new Actor("ann");
        refused(() -> BatchRequest.of("r", ann, BatchOperation.stop(), tasks), "BatchRequest.tasks", problem);
        refused(
                () -> new BatchRequest("r", ann, BatchOperation.stop(), tasks, RunPolicy.none(), null),
                "BatchRequest.tasks",
                problem);
        Confirmation confirmation = new Confirmation("f", ann, "why", Set.of());
        refused(
                () -> confirmation.acknowledging(new LinkedHashSet<>(tasks)),
                "Confirmation.acknowledgedUnknown",
                problem);
        refused(() -> new Control.Target.Tasks(new LinkedHashSet<>(tasks)), "Control.target.refs", problem);
        refused(
                () -> new TaskPage(Arrays.asList(MigrationTask.builder(task).build(), null), null),
                "TaskPage.tasks",
                problem);
        refused(() -> Verdict.no((Reason) null), "Verdict.reasons", "holds null at index 0 of 1; leave it out");
        refused(() -> Verdict.no(Arrays.asList(new Reason("A", "a"), null)), "Verdict.reasons", problem);
    }

    @Test
    @DisplayName("no input names more than 1 000 000 tasks")
    void manyTasks() {
        Set<TaskRef> tasks = new AbstractSet<>() {
            @Override
            public Iterator<TaskRef> iterator() {
                throw new AssertionError("counted before it is read");
            }

            @Override
            public int size() {
                return 1_000_001;
            }
        };
        String problem = "has 1000001 tasks; at most 1000000 are allowed, split the selection";
        Confirmation confirmation = new Confirmation("f", new Actor("ann"), "why", Set.of());
        refused(() -> confirmation.acknowledging(tasks), "Confirmation.acknowledgedUnknown", problem);
        refused(() -> new Control.Target.Tasks(tasks), "Control.target.refs", problem);
    }

    @Test
    @DisplayName("collections have their bounds")
    void collections() {
        MigrationTask.Builder builder = MigrationTask.builder(new TaskRef("p", "t"));
        Set<String> tags = IntStream.range(0, 33).mapToObj(i -> "tag" + i).collect(Collectors.toSet());
        refused(() -> builder.tags(tags), "MigrationTask.tags", "has 33 tags; at most 32 are allowed");
        refused(() -> builder.tags(Set.of("")), "MigrationTask.tags", "has 0 characters; it must have 1 to 200");
        Map<String, String> detail = IntStream.range(0, 33).boxed().collect(Collectors.toMap(i -> "k" + i, i -> "v"));
        refused(
                () -> new JournalRecord(Instant.EPOCH, JournalRecord.Kind.ENDED, null, "ENDED", detail),
                "JournalRecord.detail",
                "has 33 values; at most 32 are allowed");
    }
}
