package io.omsbatch.examples.postgres.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import org.jspecify.annotations.Nullable;

/** The one folder of a run: binaries, data and logs of its servers. Gone when closed. */
final class RunFolder implements AutoCloseable {
    private static final int ATTEMPTS = 5;

    private final Path path;

    private RunFolder(Path path) {
        this.path = path;
    }

    static RunFolder create() {
        try {
            return new RunFolder(Files.createTempDirectory("oms-batch-postgres-"));
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "no folder for the servers below " + System.getProperty("java.io.tmpdir"), e);
        }
    }

    Path path() {
        return path;
    }

    Path resolve(String name) {
        return path.resolve(name);
    }

    @Override
    public void close() {
        // a server that is just ending may still write a last file into a folder that was just emptied
        for (int attempt = 1; Files.exists(path) && attempt <= ATTEMPTS; attempt++) {
            try {
                Files.walkFileTree(path, new Deletion());
            } catch (IOException e) {
                if (attempt == ATTEMPTS) {
                    throw new UncheckedIOException("could not remove " + path + ": remove it by hand", e);
                }
            }
        }
    }

    private static final class Deletion extends SimpleFileVisitor<Path> {
        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
            Files.deleteIfExists(file);
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
            if (e instanceof NoSuchFileException) {
                return FileVisitResult.CONTINUE;
            }
            throw e;
        }

        @Override
        public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException e) throws IOException {
            Files.deleteIfExists(folder);
            return FileVisitResult.CONTINUE;
        }
    }
}
