package io.omsbatch.examples.postgres.server;

import io.omsbatch.examples.postgres.problem.Problem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one folder of a run: binaries, data and logs of its servers. Gone when closed. Whoever comes after a process that was killed
 * clears up, unless it left notes by which another process can go on.
 */
final class RunFolder implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RunFolder.class);
    private static final Path PARENT = Path.of(System.getProperty("java.io.tmpdir"));
    private static final String PREFIX = "oms-batch-postgres-";

    private final Path path;
    private final FolderLock lock;

    private RunFolder(Path path, FolderLock lock) {
        this.path = path;
        this.lock = lock;
    }

    /** A new one; those of processes that were killed are removed, with their servers, except where there are notes. */
    static RunFolder create() {
        try {
            for (RunFolder folder : abandoned()) {
                if (RunNotes.areIn(folder.path)) {
                    folder.leave();
                } else {
                    folder.removeWithServers();
                }
            }
            Path path = Files.createTempDirectory(PARENT, PREFIX);
            return new RunFolder(path, FolderLock.create(path));
        } catch (IOException e) {
            throw new UncheckedIOException("no folder for the servers below " + PARENT, e);
        }
    }

    /** The one of a process that was killed, from now on this process's. */
    static RunFolder adopt(Path folder) {
        return abandoned(folder)
                .orElseThrow(() -> Problem.of(
                                "RUN_NOT_LEFT",
                                folder + " is not the folder of a run that was killed, or another process has it now",
                                "look at what --resume finds by itself")
                        .asFailure());
    }

    /** Those of processes that were killed in which there are notes, oldest first. */
    static List<LeftRun> left() {
        List<LeftRun> left = new ArrayList<>();
        for (RunFolder folder : abandoned()) {
            if (RunNotes.areIn(folder.path)) {
                left.add(new LeftRun(folder.path, RunNotes.read(folder.path)));
            }
            folder.leave();
        }
        return left;
    }

    Path path() {
        return path;
    }

    Path resolve(String name) {
        return path.resolve(name);
    }

    /** Leaves notes by which another process can go on; from then on nobody clears up here. */
    void note(Map<String, String> notes) {
        RunNotes.write(path, notes);
    }

    /** Lets everything be as it is, for another process. */
    void leave() {
        try {
            lock.close();
        } catch (IOException e) {
            throw new UncheckedIOException("could not leave " + path, e);
        }
    }

    /** Ends the servers that work here, and removes it. */
    void removeWithServers() {
        // the subscriber first: a publisher waits for its subscribers before it ends
        for (String server : List.of("target", "source")) {
            Postmaster.in(path.resolve(server)).ifPresent(Postmaster::stop);
        }
        close();
    }

    @Override
    public void close() {
        try (lock) {
            Folders.delete(path);
        } catch (IOException e) {
            throw new UncheckedIOException("could not remove " + path + ": remove it by hand", e);
        }
    }

    private static List<RunFolder> abandoned() {
        List<RunFolder> abandoned = new ArrayList<>();
        try (DirectoryStream<Path> folders = Files.newDirectoryStream(PARENT, PREFIX + "*")) {
            folders.forEach(folder -> abandoned(folder).ifPresent(abandoned::add));
        } catch (IOException e) {
            throw new UncheckedIOException("could not look for runs below " + PARENT, e);
        }
        abandoned.sort(Comparator.comparingLong(folder -> folder.path.toFile().lastModified()));
        return abandoned;
    }

    private static Optional<RunFolder> abandoned(Path folder) {
        try {
            return FolderLock.ofAbandoned(folder).map(lock -> new RunFolder(folder, lock));
        } catch (IOException e) {
            // of another user, or ending right now
            LOG.debug("{} is not ours: {}", folder, e.toString());
            return Optional.empty();
        }
    }
}
