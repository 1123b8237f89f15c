package io.omsbatch.examples.postgres.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one folder of a run: binaries, data and logs of its servers. Gone when closed. As long as its process lives, it
 * holds the lock of a file in it; so whoever comes after a process that was killed can tell, and clears up.
 */
final class RunFolder implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RunFolder.class);
    private static final Path PARENT = Path.of(System.getProperty("java.io.tmpdir"));
    private static final String PREFIX = "oms-batch-postgres-";
    private static final String IN_USE = "in-use";
    private static final int ATTEMPTS = 5;

    private final Path path;
    private final FileChannel inUse;

    private RunFolder(Path path, FileChannel inUse) {
        this.path = path;
        this.inUse = inUse;
    }

    /** A new one; those of processes that were killed are removed, with their servers. */
    static RunFolder create() {
        try {
            removeAbandoned();
            Path path = Files.createTempDirectory(PARENT, PREFIX);
            // locked before it has its name, so that nobody ever sees it unlocked
            Path unnamed = path.resolve(IN_USE + ".new");
            FileChannel inUse = FileChannel.open(unnamed, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
            inUse.lock();
            Files.move(unnamed, path.resolve(IN_USE));
            return new RunFolder(path, inUse);
        } catch (IOException e) {
            throw new UncheckedIOException("no folder for the servers below " + PARENT, e);
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
        try (inUse) {
            delete(path);
        } catch (IOException e) {
            throw new UncheckedIOException("could not remove " + path + ": remove it by hand", e);
        }
    }

    private static void removeAbandoned() throws IOException {
        try (DirectoryStream<Path> folders = Files.newDirectoryStream(PARENT, PREFIX + "*")) {
            for (Path folder : folders) {
                try (FileChannel inUse = FileChannel.open(folder.resolve(IN_USE), StandardOpenOption.WRITE);
                        FileLock lock = inUse.tryLock()) {
                    if (lock != null) {
                        for (String server : List.of("target", "source")) {
                            Postmaster.in(folder.resolve(server)).ifPresent(Postmaster::stop);
                        }
                        delete(folder);
                    }
                } catch (OverlappingFileLockException | IOException e) {
                    // another run of this process, or of another user, or one that is beginning or ending right now
                    LOG.debug("{} is not ours to remove: {}", folder, e.toString());
                }
            }
        }
    }

    private static void delete(Path folder) throws IOException {
        // a server that is just ending may still write a last file into a folder that was just emptied
        for (int attempt = 1; Files.exists(folder); attempt++) {
            try {
                Files.walkFileTree(folder, new Deletion());
            } catch (IOException e) {
                if (attempt == ATTEMPTS) {
                    throw e;
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
