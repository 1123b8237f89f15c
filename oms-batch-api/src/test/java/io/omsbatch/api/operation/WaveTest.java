package io.omsbatch.api.operation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.omsbatch.api.InvalidInputException;
import io.omsbatch.api.task.MigrationTask;
import io.omsbatch.api.task.TaskRef;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Waves of tasks")
class WaveTest {

    private static List<MigrationTask> tasks(int number) {
        List<MigrationTask> tasks = new ArrayList<>();
        for (int i = 0; i < number; i++) {
            tasks.add(MigrationTask.builder(new TaskRef("oms", "t" + i))
                    .name(i % 2 == 0 ? "even" + i : "odd" + i)
                    .tags(i % 5 == 0 ? Set.of("slow") : Set.of())
                    .build());
        }
        return tasks;
    }

    @Test
    @DisplayName("are divided as they are written, and what is left is a last one")
    void divides() {
        divides("1", 10, 1, 9);
        divides("1, 50%, 100%", 10, 1, 4, 5);
        divides("1, 50%, 100%", 1, 1);
        divides("50%", 1, 1);
        divides("1, 1%, 10%", 100, 1, 9, 90);
        divides("3, 3, 3", 7, 3, 3, 1);
        divides("tag:slow, 50%", 10, 2, 3, 5);
        divides("name:odd", 10, 5, 5);
        divides("tag:none, 2", 5, 2, 3);
        divides("0.01%", 1_000, 1_000);
        divides("2000", 1_000, 1_000);
    }

    private static void divides(String waves, int number, Integer... sizes) {
        List<List<MigrationTask>> divided = Wave.divide(Waves.parse(waves).parts(), tasks(number));
        assertThat(divided).as("%s of %s", waves, number).extracting(List::size).containsExactly(sizes);
        Set<MigrationTask> all = new HashSet<>();
        divided.forEach(all::addAll);
        assertThat(all).isEqualTo(Set.copyOf(tasks(number)));
        for (List<MigrationTask> wave : divided) {
            assertThat(wave).isSortedAccordingTo((one, other) -> Integer.compare(number(one), number(other)));
        }
    }

    private static int number(MigrationTask task) {
        return Integer.parseInt(task.ref().id().substring(1));
    }

    @Test
    @DisplayName("of no task at all are none")
    void none() {
        assertThat(Wave.divide(List.of(new Wave.First(1)), List.of())).isEmpty();
        assertThat(Wave.divide(List.of(), tasks(3))).hasSize(1);
    }

    @Test
    @DisplayName("are read as they are written")
    void reads() {
        for (String text : List.of("1", "50%", "12.50%", "tag:slow one", "name:50%", "1, 2, 3%, tag:a, name:b")) {
            assertThat(Waves.parse(text).text()).isEqualTo(text);
        }
    }

    @Test
    @DisplayName("that cannot be are refused, with the field")
    void refuses() {
        for (String text : List.of(
                "", "0", "-1", "101%", "0%", "1,,2", "tag:", "name:", "half", "1000001", "tag:a\tb", "1\u001b")) {
            assertThatThrownBy(() -> Waves.parse(text))
                    .as(text)
                    .isInstanceOf(InvalidInputException.class)
                    .hasMessageMatching("(?s)(Wave|Waves|FailureBudget)\\..*");
        }
    }

    @Test
    @DisplayName("have limits on their number, soak and gate")
    void limits() {
        assertThatThrownBy(() -> Waves.of())
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("Waves.parts");
        assertThatThrownBy(() -> Waves.parse(String.join(",", Collections.nCopies(101, "1"))))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("Waves.parts");
        Waves waves = Waves.parse("1");
        for (Duration soak : List.of(Duration.ofSeconds(-1), Duration.ofDays(8))) {
            assertThatThrownBy(() -> waves.withSoak(soak))
                    .isInstanceOf(InvalidInputException.class)
                    .hasMessageContaining("Waves.soak");
        }
        assertThatThrownBy(() -> waves.withGateWithin(Duration.ZERO))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("Waves.gateWithin");
        assertThatThrownBy(() -> new Wave.Tagged("a,b"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("Wave.tag");
    }

    @Test
    @DisplayName("tell an operator what they ask for")
    void tells() {
        Waves waves = Waves.parse("1, 50%")
                .withBudget(FailureBudget.percent(5))
                .withSoak(Duration.ofMinutes(5))
                .withGateWithin(Duration.ofHours(1));
        assertThat(RunPolicy.none().withRamp().withWaves(waves))
                .hasToString("ramp, waves 1, 50% (each may fail 5%, soak PT5M, health gate within PT1H)");
        assertThat(Stream.of(Waves.of(new Wave.First(1)), Waves.parse("1")).distinct())
                .hasSize(1);
    }
}
