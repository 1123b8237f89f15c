package io.omsbatch.examples.postgres.shop;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/**
 * A ledger's lines in a file. A line is on the disk when {@link #add} returns, so that neither a process that is killed nor a
 * machine that loses power forgets it. Not thread-safe.
 */
final class LedgerFile implements AutoCloseable {
    private final Path path;
    private final FileChannel channel;

    private LedgerFile(Path path, FileChannel channel) {
        this.path = path;
        this.channel = channel;
    }

    /** Opens it, or makes it where it is absent; a line that its writer did not finish is taken away. */
    static LedgerFile open(Path path) {
        try {
            Files.createDirectories(path.toAbsolutePath().getParent());
            FileChannel channel = FileChannel.open(
                    path, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.DSYNC);
            String text = Files.readString(path, StandardCharsets.US_ASCII);
            channel.truncate(text.lastIndexOf('\n') + 1L);
            channel.position(channel.size());
            return new LedgerFile(path, channel);
        } catch (IOException e) {
            throw new UncheckedIOException("no ledger in " + path, e);
        }
    }

    List<String> lines() {
        try {
            return Files.readAllLines(path, StandardCharsets.US_ASCII);
        } catch (IOException e) {
            throw new UncheckedIOException("could not read " + path, e);
        }
    }

    void add(String line) {
        try {
            ByteBuffer bytes = StandardCharsets.US_ASCII.encode(line + "\n");
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("could not write " + path, e);
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException("could not close " + path, e);
        }
    }
}
