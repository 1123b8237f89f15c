package io.omsbatch.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Executable;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
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
                            .forEach(code -> TEXTS.forEach(text -> {
                                check(code, () -> ApiTypes.samples(code, text), wrong);
                                oneByOne(code, text).forEach(arguments -> check(code, () -> arguments, wrong));
                            }));
                    assertThat(wrong).isEmpty();
                }));
    }

    /** One text hostile and the others tame: else what one of them refuses would hide what another one lets through. */
    private static List<Object[]> oneByOne(Executable code, String text) {
        List<Object[]> all = new ArrayList<>();
        for (int i = 0; i < code.getParameterCount(); i++) {
            if (code.getParameterTypes()[i] == String.class) {
                Object[] arguments = ApiTypes.samples(code, "EVIL");
                arguments[i] = text;
                all.add(arguments);
            }
        }
        return all;
    }

    private static void check(Executable code, Supplier<Object[]> arguments, List<String> wrong) {
        String shown;
        try {
            shown = ApiTypes.invoke(code, arguments.get()).toString();
        } catch (InvalidInputException refused) {
            shown = refused.getMessage();
        }
        if (!shown.equals(SafeText.escape(shown))) {
            wrong.add(code.getName() + " shows " + SafeText.escape(shown));
        }
    }
}
