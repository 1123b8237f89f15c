package io.omsbatch.examples.postgres.server;

import io.zonky.test.db.postgres.embedded.PgBinaryResolver;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/**
 * The archive of one PostgreSQL release. Two releases cannot both be dependencies of one module, so the build copies
 * the jar of each, as it is, into the class path, and this finds the one archive inside.
 */
record BundledBinaries(PostgresVersion version) implements PgBinaryResolver {

    @Override
    public InputStream getPgBinary(String system, String machineHardware) throws IOException {
        String name = "/postgres-binaries/" + version.major() + ".jar";
        InputStream resource = BundledBinaries.class.getResourceAsStream(name);
        if (resource == null) {
            throw new IOException(
                    "no " + name + " on the class path: build this module with Maven, which puts it there");
        }
        ZipInputStream jar = new ZipInputStream(resource);
        for (ZipEntry entry = jar.getNextEntry(); entry != null; entry = jar.getNextEntry()) {
            if (entry.getName().endsWith(".txz")) {
                return jar;
            }
        }
        jar.close();
        throw new IOException("no PostgreSQL archive in " + name);
    }
}
