package io.omsbatch.core.docs;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toList;
import static org.assertj.core.api.Assertions.assertThat;

import io.omsbatch.api.eligibility.DenialCode;
import io.omsbatch.api.eligibility.EligibilityMatrix;
import io.omsbatch.api.engine.ControlAnswer;
import io.omsbatch.api.engine.PlanRefusedException;
import io.omsbatch.api.outcome.ProblemCode;
import io.omsbatch.api.switchover.Invariant;
import io.omsbatch.api.task.MigrationType;
import io.omsbatch.api.task.MigrationType.Part;
import io.omsbatch.api.task.SwitchoverDirection;
import io.omsbatch.api.task.SwitchoverStep;
import io.omsbatch.core.workflow.StepTable;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The reference documents say what the code does")
class ReferenceDocumentsTest {

    @Test
    @DisplayName("docs/reference/eligibility.md holds the documented matrix")
    void eligibility() throws IOException {
        EligibilityMatrix matrix = EligibilityMatrix.documented();
        new RenderedDocument("reference/eligibility.md")
                .block("matrix", matrix.renderMarkdown())
                .code("text", "text", matrix.renderText())
                .check();
    }

    @Test
    @DisplayName("SW-11: docs/reference/switchover.md holds the step table, its diagram, the actions and the step sets")
    void switchover() throws IOException {
        StepTable table = StepTable.switchover();
        new RenderedDocument("reference/switchover.md")
                .block("steps", table.renderMarkdown(SwitchoverDirection.FORWARD))
                .block("steps back", table.renderMarkdown(SwitchoverDirection.BACK))
                .code("diagram", "mermaid", table.renderMermaid())
                .block("actions", table.renderActions())
                .block("waivers", waivers())
                .block("step sets", stepSets())
                .check();
    }

    @Test
    @DisplayName("docs/reference/problems.md holds every problem code, reason, refusal and waiver")
    void problems() throws IOException {
        new RenderedDocument("reference/problems.md")
                .block("problems", problemTable())
                .block("reasons", table("code", DenialCode.class, DenialCode::remedy))
                .block("plan refusals", table("why", PlanRefusedException.Why.class, PlanRefusedException.Why::remedy))
                .block("action refusals", table("why", ControlAnswer.Refusal.class, ControlAnswer.Refusal::remedy))
                .block("waivers", waivers())
                .check();
    }

    private static String problemTable() throws IOException {
        return ConstantComments.of(ProblemCode.class).entrySet().stream()
                .map(code -> "| `" + code.getKey() + "` | " + code.getValue() + " | "
                        + code.getKey().remedy() + " | " + (code.getKey().retryable() ? "yes" : "no") + " |\n")
                .collect(joining("", "| code | what happened | what to do | again |\n|---|---|---|---|\n", ""));
    }

    private static <E extends Enum<E>> String table(String name, Class<E> type, Function<E, String> remedy)
            throws IOException {
        return ConstantComments.of(type).entrySet().stream()
                .map(constant -> "| `" + constant.getKey() + "` | " + constant.getValue() + " | "
                        + remedy.apply(constant.getKey()) + " |\n")
                .collect(joining("", "| " + name + " | what it says | what to do |\n|---|---|---|\n", ""));
    }

    private static String waivers() throws IOException {
        return ConstantComments.of(Invariant.class).entrySet().stream()
                .map(waived -> "| `" + waived.getKey() + "` | " + waived.getValue() + " | "
                        + waived.getKey().consequence() + " |\n")
                .collect(
                        joining("", "| waived | the rule, and how it is waived | what follows |\n|---|---|---|\n", ""));
    }

    private static String stepSets() {
        Map<List<SwitchoverStep>, List<MigrationType>> types = MigrationType.all().stream()
                .collect(groupingBy(MigrationType::switchoverSteps, LinkedHashMap::new, toList()));
        assertThat(types).as("step sets").hasSize(4);
        return types.entrySet().stream()
                .map(set -> {
                    MigrationType any = set.getValue().get(0);
                    assertThat(set.getValue())
                            .as("types that agree on both parts")
                            .hasSize(16)
                            .allMatch(type -> type.has(Part.INCREMENTAL) == any.has(Part.INCREMENTAL)
                                    && type.has(Part.REVERSE_INCREMENT) == any.has(Part.REVERSE_INCREMENT));
                    return "| " + yes(any, Part.INCREMENTAL) + " | " + yes(any, Part.REVERSE_INCREMENT) + " | "
                            + set.getKey().stream()
                                    .map(step -> Integer.toString(step.number()))
                                    .collect(joining(", "))
                            + " |\n";
                })
                .collect(joining("", "| incremental | reverse increment | steps |\n|---|---|---|\n", ""));
    }

    private static String yes(MigrationType type, Part part) {
        return type.has(part) ? "yes" : "no";
    }
}
