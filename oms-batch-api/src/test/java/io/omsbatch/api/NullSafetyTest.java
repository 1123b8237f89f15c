package io.omsbatch.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Executable;
import java.lang.reflect.Parameter;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

@DisplayName("Every public constructor and factory of api")
class NullSafetyTest {

    @TestFactory
    @DisplayName("refuses null at once, with the name of what is missing")
    Stream<DynamicTest> refusesNull() {
        return ApiTypes.all().stream()
                .filter(type -> ApiTypes.factories(type).findAny().isPresent())
                .map(type -> DynamicTest.dynamicTest(type.getName(), () -> {
                    List<String> wrong = new ArrayList<>();
                    ApiTypes.factories(type).forEach(code -> check(code, wrong));
                    assertThat(wrong).isEmpty();
                }));
    }

    private static void check(Executable code, List<String> wrong) {
        Parameter[] parameters = code.getParameters();
        for (int i = 0; i < parameters.length; i++) {
            if (parameters[i].getType().isPrimitive() || ApiTypes.isNullable(parameters[i])) {
                continue;
            }
            Object[] arguments = ApiTypes.samples(code, "TEXT");
            arguments[i] = null;
            String what = code.getName() + "(" + parameters[i].getName() + " = null) ";
            try {
                Object made = ApiTypes.invoke(code, arguments);
                wrong.add(what + "is taken: " + made);
            } catch (NullPointerException refused) {
                String message = refused.getMessage();
                if (message == null || message.startsWith("Cannot ") || !message.matches("[\\w.]+")) {
                    wrong.add(what + "says \"" + message + "\"");
                }
            }
        }
    }
}
