package io.omsbatch.examples.postgres.server;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * The lock of a run's folder, held as long as its process lives. The operating system gives up all locks of a process on a file as
 * soon as that process closes it anywhere, so no folder is looked at twice. Thread-safe.
 */
final class FolderLock implements AutoCloseable {
    private static final String NAME = "in-use";
    private static final Set<Path> HELD_HERE = new HashSet<>();

    private final Path folder;
    private final FileChannel channel;

    private FolderLock(Path folder, FileChannel channel) {
        this.folder = folder;
        this.channel = channel;
    }

    /** The lock of a new folder. */
    static FolderLock create(Path folder) throws IOException {
        synchronized (HELD_HERE) {
            // locked before it has its name, so that nobody ever sees it unlocked
            Path unnamed = folder.resolve(NAME + ".new");
            FileChannel channel = FileChannel.open(unnamed, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
            channel.lock();
            Files.move(unnamed, folder.resolve(NAME));
            HELD_HERE.add(folder);
            return new FolderLock(folder, channel);
        }
    }

    /** The lock of a folder whose process is gone; empty if it is not, or if there is no lock. */
    static Optional<FolderLock> ofAbandoned(Path folder) throws IOException {
        synchronized (HELD_HERE) {
            if (HELD_HERE.contains(folder) || Files.notExists(folder.resolve(NAME))) {
                return Optional.empty();
            }
            FileChannel channel = FileChannel.open(folder.resolve(NAME), StandardOpenOption.WRITE);
            if (channel.tryLock() == null) {
                channel.close();
                return Optional.empty();
            }
            HELD_HERE.add(folder);
            return Optional.of(new FolderLock(folder, channel));
        }
    }

    @Override
    public void close() throws IOException {
        synchronized (HELD_HERE) {
            HELD_HERE.remove(folder);
            channel.close();
        }
    }
}
