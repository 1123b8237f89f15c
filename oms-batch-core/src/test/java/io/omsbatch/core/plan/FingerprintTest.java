package io.omsbatch.core.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.omsbatch.api.Limits;
import io.omsbatch.api.eligibility.Reason;
import io.omsbatch.api.operation.Actor;
import io.omsbatch.api.operation.BatchOperation;
import io.omsbatch.api.operation.BatchRequest;
import io.omsbatch.api.operation.FailureBudget;
import io.omsbatch.api.operation.RunPolicy;
import io.omsbatch.api.plan.PlanEntry;
import io.omsbatch.api.task.AlertLevel;
import io.omsbatch.api.task.MigrationTask;
import io.omsbatch.api.task.Revision;
import io.omsbatch.api.task.TaskRef;
import io.omsbatch.api.task.TaskStatus;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("PLAN-3: The fingerprint of a plan")
class FingerprintTest {

    private static final TaskRef A = new TaskRef("p", "a");
    private static final TaskRef B = new TaskRef("p", "b");
    private static final Reason REASON = new Reason("WRONG_STATUS", "text");

    private static BatchRequest request(String id, String actor, BatchOperation operation) {
        return new BatchRequest(id, new Actor(actor), operation, List.of(A, B), RunPolicy.none(), null);
    }

    private static String of(PlanEntry... entries) {
        return Fingerprint.of(request("r", "ann", BatchOperation.stop()), List.of(entries));
    }

    private static MigrationTask task(TaskRef ref) {
        return MigrationTask.builder(ref).status(TaskStatus.RUNNING).build();
    }

    private static PlanEntry eligible(TaskRef ref) {
        return new PlanEntry.Eligible(task(ref));
    }

    @Test
    @DisplayName("is the same for the same plan, as 64 hexadecimal digits")
    void same() {
        assertThat(of(eligible(A), eligible(B)))
                .isEqualTo(of(eligible(A), eligible(B)))
                .matches("[0-9a-f]{64}");
    }

    @Test
    @DisplayName("DUR-4: is what it was in every version before, because plans and approvals are kept by it")
    void stays() {
        Revision longest = new Revision("\u00e9".repeat(Limits.ID_LENGTH));
        PlanEntry changed =
                new PlanEntry.Eligible(task(B).toBuilder().revision(longest).build());
        assertThat(of(eligible(A), changed))
                .isEqualTo("087aa039e02a0f1e7116a9b2d3f7210f16651265164dc41af8520f46ca9a6351");
    }

    @Test
    @DisplayName("RUN-7: depends on the policy, which the operator consents to as well")
    void policyCounts() {
        BatchRequest plain = request("r", "ann", BatchOperation.stop());
        List<PlanEntry> entries = List.of(eligible(A), eligible(B));
        assertThat(Stream.of(
                                plain,
                                plain.with(RunPolicy.none().withRamp()),
                                plain.with(RunPolicy.none().withBudget(FailureBudget.tasks(1))),
                                plain.with(RunPolicy.none().withBudget(FailureBudget.tasks(2))),
                                plain.with(RunPolicy.none()
                                        .withBudget(FailureBudget.tasks(1).soft())))
                        .map(request -> Fingerprint.of(request, entries)))
                .doesNotHaveDuplicates();
    }

    @Test
    @DisplayName("depends on the run whose tasks are taken up once more")
    void redriveCounts() {
        BatchRequest plain = request("r", "ann", BatchOperation.stop());
        List<PlanEntry> entries = List.of(eligible(A), eligible(B));
        assertThat(Stream.of(plain, plain.redriving("one"), plain.redriving("two"))
                        .map(request -> Fingerprint.of(request, entries)))
                .doesNotHaveDuplicates();
    }

    @Test
    @DisplayName("does not depend on the sync position, the name or the tags, which move without consequence")
    void positionDoesNotCount() {
        MigrationTask moved = task(A).toBuilder()
                .latestTimestamp(Instant.EPOCH)
                .name("renamed")
                .tags(Set.of("tag"))
                .build();
        assertThat(of(new PlanEntry.Eligible(moved))).isEqualTo(of(eligible(A)));
    }

    @Test
    @DisplayName("is another one after any change of request, selection, order, standing or revision")
    void anyChange() {
        List<PlanEntry> entries = List.of(eligible(A), eligible(B));
        List<String> fingerprints = List.of(
                of(eligible(A), eligible(B)),
                Fingerprint.of(request("r2", "ann", BatchOperation.stop()), entries),
                Fingerprint.of(request("r", "bob", BatchOperation.stop()), entries),
                Fingerprint.of(request("r", "ann", BatchOperation.end()), entries),
                Fingerprint.of(request("r", "ann", BatchOperation.modifyAlertLevel(AlertLevel.LOW)), entries),
                Fingerprint.of(request("r", "ann", BatchOperation.modifyAlertLevel(AlertLevel.HIGH)), entries),
                of(eligible(B), eligible(A)),
                of(eligible(A)),
                of(eligible(A), eligible(new TaskRef("q", "b"))),
                of(eligible(A), eligible(new TaskRef("pb", "b"))),
                of(eligible(A), new PlanEntry.NotFound(B)),
                of(eligible(A), new PlanEntry.Denied(B)),
                of(eligible(A), new PlanEntry.Ineligible(B, task(B), List.of(REASON))),
                of(eligible(A), revision("1")),
                of(eligible(A), revision("2")));
        assertThat(new LinkedHashSet<>(fingerprints)).hasSameSizeAs(fingerprints);
    }

    private static PlanEntry revision(String value) {
        return new PlanEntry.Eligible(
                task(B).toBuilder().revision(new Revision(value)).build());
    }

    @Test
    @DisplayName("keeps neighbouring texts apart")
    void boundaries() {
        assertThat(of(eligible(new TaskRef("ab", "c")))).isNotEqualTo(of(eligible(new TaskRef("a", "bc"))));
    }

    @Test
    @DisplayName("is SHA-256 over all texts, each after its length, also of many tasks whose ids are not ASCII")
    void longPlan() throws NoSuchAlgorithmException {
        BatchRequest request = request("r", "ann", BatchOperation.stop());
        List<PlanEntry> entries = IntStream.range(0, 1_000)
                .mapToObj(number -> eligible(new TaskRef("p", "\u4efb\u52a1".repeat(1 + number % 90) + number)))
                .toList();
        Stream<String> head = Stream.of(
                "oms-batch-plan-1",
                "r",
                "ann",
                request.operation().toString(),
                request.policy().toString(),
                "");
        Stream<String> tasks = entries.stream()
                .flatMap(entry -> Stream.of(
                        "p",
                        entry.ref().id(),
                        "eligible " + task(entry.ref()).revision().value()));
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        Stream.concat(head, tasks)
                .map(text -> text.getBytes(StandardCharsets.UTF_8))
                .forEach(bytes -> {
                    digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(0, bytes.length));
                    digest.update(bytes);
                });
        assertThat(Fingerprint.of(request, entries)).isEqualTo(HexFormat.of().formatHex(digest.digest()));
    }
}
