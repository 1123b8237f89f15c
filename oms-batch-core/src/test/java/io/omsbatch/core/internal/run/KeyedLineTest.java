package io.omsbatch.core.internal.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.omsbatch.core.internal.limit.Places;
import io.omsbatch.core.internal.limit.ResourceKey;
import io.omsbatch.core.internal.limit.ResourceLimits;
import io.omsbatch.core.internal.limit.Waiting;
import io.omsbatch.core.settings.ResourceLimit;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("RUN-10: Tasks that wait, by what they share,")
class KeyedLineTest {

    private static final ResourceKey A = new ResourceKey(0, "a");
    private static final ResourceKey B = new ResourceKey(0, "b");

    private final OneRun run = OneRun.stopping(6);
    private final ResourceLimits limits = new ResourceLimits(
            run.environment, List.of(ResourceLimit.of("source", task -> null, 1)), Duration.ofSeconds(15));
    private final List<String> told = new ArrayList<>();
    private final KeyedLine line = new KeyedLine(limits, () -> told.add("wake"), key -> told.add("stuck " + key));

    @AfterEach
    void close() {
        run.close();
    }

    private TaskEntry waits(int index, ResourceKey... keys) {
        TaskEntry entry = run.entry(index);
        entry.uses(List.of(keys));
        entry.become(Phase.QUEUED);
        line.add(entry);
        return entry;
    }

    private List<TaskEntry> take(int most) {
        List<TaskEntry> page = line.take(most);
        page.forEach(entry -> entry.become(Phase.PREPARING));
        return page;
    }

    private void release(TaskEntry entry) {
        limits.release(Objects.requireNonNull(entry.places)).forEach(Waiting::wake);
    }

    @Test
    @DisplayName("take turns, and stand aside while what they share has no room")
    void turns() {
        TaskEntry first = waits(0, A);
        TaskEntry second = waits(1, A);
        TaskEntry other = waits(2, B);
        TaskEntry free = waits(3);
        TaskEntry more = waits(4);
        assertThat(take(3)).containsExactly(first, other, free);
        assertThat(take(9)).containsExactly(more);
        assertThat(first.places).isNotNull();
        assertThat(second.waitsFor()).startsWith("room at the source a");
        assertThat(line.mayTake()).isFalse();
        release(other);
        assertThat(take(9)).as("nobody waits for b").isEmpty();
        release(first);
        assertThat(told).containsExactly("wake");
        assertThat(line.mayTake()).isTrue();
        assertThat(take(9)).containsExactly(second);
        assertThat(second.waitsFor()).isEmpty();
        assertThat(take(9)).isEmpty();
    }

    @Test
    @DisplayName("may be taken as long as anybody's turn comes")
    void mayTake() {
        assertThat(line.mayTake()).isFalse();
        waits(0);
        assertThat(line.mayTake()).isTrue();
        take(1);
        assertThat(line.mayTake()).as("the group is not yet known to be empty").isTrue();
        assertThat(take(1)).isEmpty();
        assertThat(line.mayTake()).isFalse();
        TaskEntry later = waits(1);
        assertThat(take(1)).containsExactly(later);
    }

    @Test
    @DisplayName("make a page of their own where they are to be looked at alone")
    void alone() {
        TaskEntry first = waits(0);
        TaskEntry alone = waits(1);
        TaskEntry last = waits(2);
        alone.alone = true;
        assertThat(take(9)).containsExactly(first);
        assertThat(take(9)).containsExactly(alone);
        assertThat(take(9)).containsExactly(last);
    }

    @Test
    @DisplayName("are passed over once they left, or somebody is about to change them")
    void left() {
        TaskEntry ended = waits(0);
        TaskEntry held = waits(1);
        TaskEntry waiting = waits(2);
        ended.become(Phase.ENDED);
        held.hold();
        assertThat(take(9)).containsExactly(waiting);
    }

    @Test
    @DisplayName("are passed over where they wait in another line meanwhile")
    void elsewhere() {
        TaskEntry moved = waits(0);
        new KeyedLine(limits, () -> {}, key -> {}).add(moved);
        TaskEntry waiting = waits(1);
        assertThat(take(9)).containsExactly(waiting);
    }

    @Test
    @DisplayName("are brought back, all that stand aside for one resource and no other, and are told why no more")
    void bringBack() {
        waits(0, A);
        waits(1, B);
        TaskEntry asideForA = waits(2, A);
        waits(3, B);
        assertThat(take(9)).hasSize(2);
        assertThat(line.bringBack(new ResourceKey(0, "c"))).isEmpty();
        assertThat(line.bringBack(A)).containsExactly(asideForA);
        assertThat(asideForA.waitsFor()).isEmpty();
        assertThat(line.mayTake()).isTrue();
        assertThat(take(9)).isEmpty();
        assertThat(asideForA.waitsFor()).startsWith("room at the source a");
    }

    @Test
    @DisplayName("are woken no more once the run is over")
    void leave() {
        TaskEntry first = waits(0, A);
        waits(1, A);
        take(9);
        line.leave();
        release(first);
        assertThat(told).isEmpty();
        assertThat(line.mayTake()).isFalse();
    }

    @Test
    @DisplayName("are told of a resource whose places are all held by calls that do not return")
    void stuck() {
        TaskEntry first = waits(0, A);
        waits(1, A);
        take(9);
        Places places = Objects.requireNonNull(first.places);
        limits.begin(places);
        limits.hangs(places);
        run.environment.advance(Duration.ofSeconds(16));
        assertThat(told).containsExactly("stuck a");
    }
}
