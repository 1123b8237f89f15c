package io.omsbatch.examples.postgres.server;

import java.util.Arrays;
import java.util.stream.Collectors;

/** The PostgreSQL releases whose binaries come with this example. */
public enum PostgresVersion {
    /** The oldest major release that knows {@code origin = none}, which a reverse increment needs. */
    V16(16),
    /** The newest. */
    V18(18);

    private final int major;

    PostgresVersion(int major) {
        this.major = major;
    }

    /** Major release number. */
    public int major() {
        return major;
    }

    /** The version with this major release number. */
    public static PostgresVersion of(int major) {
        return Arrays.stream(values())
                .filter(version -> version.major == major)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("PostgreSQL " + major + " is not among the versions "
                        + Arrays.stream(values()).map(v -> "" + v.major).collect(Collectors.joining(" and "))));
    }
}
