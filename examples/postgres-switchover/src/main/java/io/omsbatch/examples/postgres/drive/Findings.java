package io.omsbatch.examples.postgres.drive;

import io.omsbatch.examples.postgres.precheck.Finding;
import io.omsbatch.examples.postgres.problem.Problem;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Turns the findings of a precheck into the problem of its task. */
final class Findings {

    private Findings() {}

    static void refuseIfBlocking(String taskId, List<Finding> findings) {
        List<Finding> blocking = findings.stream().filter(Finding::blocks).toList();
        if (!blocking.isEmpty()) {
            throw Problem.of(
                            "PRECHECK_BLOCKED",
                            "task " + taskId + ": " + joined(blocking, Finding::message),
                            joined(blocking, Finding::remedy))
                    .asFailure();
        }
    }

    private static String joined(List<Finding> findings, Function<Finding, String> text) {
        return findings.stream().map(text).distinct().collect(Collectors.joining("; "));
    }
}
