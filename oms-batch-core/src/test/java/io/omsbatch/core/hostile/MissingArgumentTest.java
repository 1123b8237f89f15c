package io.omsbatch.core.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import io.omsbatch.api.OmsBatchException;
import java.lang.reflect.Executable;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Parameter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

@DisplayName("SEC-3: Every public constructor, factory and method, with null for one of its arguments,")
class MissingArgumentTest {

    private static final Logger LOG = LoggerFactory.getLogger(MissingArgumentTest.class);

    /** How often other arguments are chosen, where those that were chosen are refused themselves. */
    private static final int TRIES = 50;

    private final List<String> wrong = new ArrayList<>();
    private int named;
    private int nullable;

    @Test
    @DisplayName("says which one is missing, unless it may be")
    void names() {
        List<Executable> all = PublicCode.all();
        try (Callee callee = new Callee()) {
            for (Executable code : all) {
                for (int i = 0; i < code.getParameterCount(); i++) {
                    if (!code.getParameterTypes()[i].isPrimitive()) {
                        leaveOut(callee, code, i);
                    }
                }
            }
        }
        LOG.warn(
                "{} public constructors, factories and methods: {} arguments are named when they are missing, {} may be missing",
                all.size(),
                named,
                nullable);
        assertThat(wrong).isEmpty();
        assertThat(named).isGreaterThan(500);
    }

    private void leaveOut(Callee callee, Executable code, int index) {
        Parameter parameter = code.getParameters()[index];
        Throwable thrown = null;
        for (int seed = 0; seed < TRIES && (thrown == null || thrown instanceof OmsBatchException); seed++) {
            Values values = callee.values(seed);
            Object receiver = Callee.receiver(code, values);
            Object[] arguments = values.arguments(code, 3);
            arguments[index] = null;
            try {
                Object returned = Values.invoke(code, receiver, arguments);
                if (PublicCode.takesNull(parameter)) {
                    nullable++;
                } else {
                    wrong.add(parameter.getName() + " of " + code + ": returned " + returned);
                }
                return;
            } catch (InvocationTargetException failed) {
                thrown = failed.getCause();
            }
            if (thrown instanceof NullPointerException && isNamed(code, parameter, arguments, thrown.getMessage())) {
                named++;
                return;
            }
        }
        wrong.add(parameter.getName() + " of " + code + ": " + thrown);
    }

    /** As itself, as the part of a type that it becomes, or as the caller called it, with what to do about it at most. */
    private static boolean isNamed(Executable code, Parameter parameter, Object[] arguments, String message) {
        String name = String.valueOf(message).replaceFirst(": .*", "");
        Class<?> type = code.getDeclaringClass();
        String last = name.substring(name.lastIndexOf('.') + 1);
        return last.equals(parameter.getName())
                || last.equals(code.getName())
                || Arrays.asList(arguments).contains(name)
                || Stream.concat(Stream.of(type, type.getDeclaringClass()), Arrays.stream(type.getInterfaces()))
                        .anyMatch(about -> about != null && name.matches(about.getSimpleName() + "[.][\\w.]+"));
    }
}
