package io.omsbatch.examples.postgres.gateway;

import io.omsbatch.api.eligibility.EligibilityPolicy;
import io.omsbatch.api.operation.BatchOperation;
import io.omsbatch.api.task.SwitchoverStep;
import io.omsbatch.examples.postgres.server.PostgresVersion;
import io.omsbatch.testkit.contract.ModelTask;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName(
        "A task that is commanded at random, rightly and wrongly, becomes only what the documented matrix lets it become")
class TransitionsIT {
    private static final int ACTIONS = 30;

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = 2)
    void walk(long seed) {
        SplittableRandom chance = new SplittableRandom(seed);
        try (ModelTask task = ModelTask.on(new PostgresBench(PostgresVersion.V18), EligibilityPolicy.documented())) {
            for (int action = 0; action < ACTIONS; action++) {
                act(task, chance);
            }
        }
    }

    private static void act(ModelTask task, SplittableRandom chance) {
        boolean right = chance.nextInt(4) > 0;
        List<SwitchoverStep> steps = task.steps(right);
        List<BatchOperation> operations = task.operations(right).stream()
                .filter(operation -> !right || keepsItGoing(operation, chance))
                .toList();
        if (!steps.isEmpty() && chance.nextInt(4) > 0) {
            SwitchoverStep step = steps.get(chance.nextInt(steps.size()));
            if (right) {
                task.step(step);
            } else {
                task.stepTooEarly(step);
            }
        } else if (operations.isEmpty()) {
            task.rest();
        } else {
            task.order(operations.get(chance.nextInt(operations.size())));
        }
    }

    /** What ends a task for good is rare, or every walk would be short. */
    private static boolean keepsItGoing(BatchOperation operation, SplittableRandom chance) {
        return switch (operation.kind()) {
            case END, DELETE -> chance.nextInt(20) == 0;
            case MODIFY_ALERT_LEVEL -> chance.nextInt(6) == 0;
            default -> true;
        };
    }
}
