package io.omsbatch.core.journal.jdbc;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.h2.store.fs.FileBase;
import org.h2.store.fs.FilePath;
import org.h2.store.fs.FilePathWrapper;

/**
 * A file system for H2, {@code written:}, that remembers in order what was written to database files, so that a file can be made
 * as the death of the process would have left it at any moment: with all that was written before, and part of what was being written.
 */
public final class WrittenFile extends FilePathWrapper {

    private static final int BLOCK = 4_096;
    private static final List<Object> HAPPENED = new ArrayList<>();

    /** Bytes at a place of the file; none if the file was cut off there. Never compared. */
    @SuppressWarnings("ArrayRecordComponent")
    private record Write(long position, byte[] bytes) {}

    /** For H2, which makes one for each path. */
    public WrittenFile() {}

    /** Makes the file system known to H2, and forgets what was written so far. */
    static void begin() {
        FilePath.register(new WrittenFile());
        synchronized (HAPPENED) {
            HAPPENED.clear();
        }
    }

    /** Notes that something is acknowledged from now on. */
    static void acknowledge(long what) {
        synchronized (HAPPENED) {
            HAPPENED.add(what);
        }
    }

    /** Returns all writes and acknowledgements, in order. */
    static List<Object> happened() {
        synchronized (HAPPENED) {
            return List.copyOf(HAPPENED);
        }
    }

    /** Makes a change to a file: all of it, or a random part if the process died meanwhile. */
    static void write(Path file, Object happened, boolean torn, Random random) throws IOException {
        if (!(happened instanceof Write write)) {
            return;
        }
        try (RandomAccessFile target = new RandomAccessFile(file.toFile(), "rw")) {
            if (write.bytes().length == 0) {
                target.setLength(torn ? target.length() : write.position());
                return;
            }
            int blocks = (write.bytes().length + BLOCK - 1) / BLOCK;
            int length = torn ? random.nextInt(blocks) * BLOCK : write.bytes().length;
            target.seek(write.position());
            target.write(write.bytes(), 0, length);
        }
    }

    static Path copy(Path file, Path to) throws IOException {
        Files.deleteIfExists(to);
        return Files.copy(file, to);
    }

    @Override
    public String getScheme() {
        return "written";
    }

    @Override
    public FileChannel open(String mode) throws IOException {
        return new Channel(getBase().open(mode), getBase().toString().endsWith(".mv.db"));
    }

    private static final class Channel extends FileBase {

        private final FileChannel file;
        private final boolean remembered;

        Channel(FileChannel file, boolean remembered) {
            this.file = file;
            this.remembered = remembered;
        }

        private void remember(Write write) {
            if (remembered) {
                synchronized (HAPPENED) {
                    HAPPENED.add(write);
                }
            }
        }

        @Override
        public synchronized int write(ByteBuffer source, long position) throws IOException {
            byte[] bytes = new byte[source.remaining()];
            source.duplicate().get(bytes);
            remember(new Write(position, bytes));
            return file.write(source, position);
        }

        @Override
        public FileChannel truncate(long size) throws IOException {
            remember(new Write(size, new byte[0]));
            file.truncate(size);
            return this;
        }

        @Override
        public int write(ByteBuffer source) throws IOException {
            throw new IOException("H2 says where it writes");
        }

        @Override
        public synchronized int read(ByteBuffer target, long position) throws IOException {
            return file.read(target, position);
        }

        @Override
        public int read(ByteBuffer target) throws IOException {
            return file.read(target);
        }

        @Override
        public long position() throws IOException {
            return file.position();
        }

        @Override
        public FileChannel position(long position) throws IOException {
            file.position(position);
            return this;
        }

        @Override
        public long size() throws IOException {
            return file.size();
        }

        @Override
        public FileLock tryLock(long position, long size, boolean shared) throws IOException {
            return file.tryLock(position, size, shared);
        }

        @Override
        protected void implCloseChannel() throws IOException {
            file.close();
        }
    }
}
