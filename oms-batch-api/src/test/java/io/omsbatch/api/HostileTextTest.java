package io.omsbatch.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Executable;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

@DisplayName("SEC-2: Whatever text a value of api holds")
class HostileTextTest {

    /** From the worst to what even an identifier may hold. */
    private static final List<String> TEXTS =
            List.of("evil\u001b[2J\nforged\u202e\u2028", "evil\nforged\u202e\u2028", "evil\u202e\u2028", "EVIL");

    @TestFactory
    @DisplayName("its toString can be logged and shown: one line without control or format characters")
    Stream<DynamicTest> shown() {
        return ApiTypes.all().stream()
                .filter(type -> ApiTypes.factories(type).findAny().isPresent())
                .map(type -> DynamicTest.dynamicTest(type.getName(), () -> {
                    List<String> wrong = new ArrayList<>();
                    ApiTypes.factories(type)
                            .filter(code -> !code.getDeclaringClass().equals(SafeText.class)
                                    && !code.getDeclaringClass().equals(Limits.class))
                            .forEach(code -> TEXTS.forEach(text -> check(code, text, wrong)));
                    assertThat(wrong).isEmpty();
                }));
    }

    private static void check(Executable code, String text, List<String> wrong) {
        String shown;
        try {
            shown = ApiTypes.invoke(code, ApiTypes.samples(code, text)).toString();
        } catch (InvalidInputException refused) {
            shown = refused.getMessage();
        }
        if (!shown.equals(SafeText.escape(shown))) {
            wrong.add(code.getName() + " shows " + SafeText.escape(shown));
        }
    }
}
