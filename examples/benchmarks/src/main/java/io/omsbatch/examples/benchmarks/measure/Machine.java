package io.omsbatch.examples.benchmarks.measure;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * Where it was measured.
 *
 * @param processor the processor and its cores
 * @param memory how much of it
 * @param system the operating system
 * @param java the Java runtime
 * @param date when
 * @param load how many threads wanted to run when it began, as the system's average over a minute
 */
public record Machine(String processor, String memory, String system, String java, LocalDate date, String load) {

    private static final long GIGABYTE = 1L << 30;

    /** Looks at this machine. */
    public static Machine here() {
        OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
        return new Machine(
                model() + ", " + system.getAvailableProcessors() + " cores",
                system.getTotalMemorySize() / GIGABYTE + " GB",
                system.getName() + " " + system.getVersion() + " " + system.getArch(),
                System.getProperty("java.vendor") + " " + System.getProperty("java.runtime.version"),
                LocalDate.now(ZoneOffset.UTC),
                String.format(Locale.ROOT, "%.2f", system.getSystemLoadAverage()));
    }

    private static String model() {
        try (Stream<String> lines = Files.lines(Path.of("/proc/cpuinfo"))) {
            return lines.filter(line -> line.startsWith("model name"))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst()
                    .orElse("unknown processor");
        } catch (IOException unreadable) {
            return "unknown processor";
        }
    }
}
