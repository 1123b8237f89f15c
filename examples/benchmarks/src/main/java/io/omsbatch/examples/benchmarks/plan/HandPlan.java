package io.omsbatch.examples.benchmarks.plan;

import io.omsbatch.api.gateway.TaskGateway;
import io.omsbatch.api.task.MigrationTask;
import io.omsbatch.api.task.TaskRef;
import io.omsbatch.api.task.TaskStatus;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A plan as somebody writes it who has an afternoon: pages of tasks are read, judged and put into groups.
 *
 * @param groups the tasks by what was decided, in request order
 * @param fingerprint over ids and revisions, or null if none was wanted
 */
record HandPlan(
        Map<String, List<MigrationTask>> groups, @Nullable String fingerprint) {

    private static final int PAGE = 100;
    private static final Set<TaskStatus> STOPPABLE = EnumSet.of(TaskStatus.RUNNING);

    static HandPlan of(TaskGateway gateway, List<TaskRef> refs, boolean fingerprinted) {
        Map<String, List<MigrationTask>> groups = new LinkedHashMap<>();
        MessageDigest digest = digest();
        for (int from = 0; from < refs.size(); from += PAGE) {
            List<TaskRef> page = refs.subList(from, Math.min(refs.size(), from + PAGE));
            Map<TaskRef, MigrationTask> read = gateway.read(new HashSet<>(page));
            for (TaskRef ref : page) {
                MigrationTask task = read.get(ref);
                if (task != null) {
                    String group = STOPPABLE.contains(task.status()) ? "eligible" : "wrong status";
                    groups.computeIfAbsent(group, any -> new ArrayList<>()).add(task);
                    if (fingerprinted) {
                        digest.update((ref.platform() + "/" + ref.id() + "/" + group + "/"
                                        + task.revision().value())
                                .getBytes(StandardCharsets.UTF_8));
                    }
                }
            }
        }
        return new HandPlan(groups, fingerprinted ? HexFormat.of().formatHex(digest.digest()) : null);
    }

    private static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java runtime has SHA-256", impossible);
        }
    }
}
