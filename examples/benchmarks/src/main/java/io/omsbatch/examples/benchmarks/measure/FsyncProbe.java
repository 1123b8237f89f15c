package io.omsbatch.examples.benchmarks.measure;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Looks how quick the disk is right now: many small appends, each forced to it. */
final class FsyncProbe {

    private static final int WRITES = 300;
    private static final int BYTES = 256;

    private FsyncProbe() {}

    /** Returns the median of one write, in microseconds. */
    static double microseconds() throws IOException {
        Path file = Files.createTempFile("oms-batch-fsync-", ".bin");
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE, StandardOpenOption.APPEND)) {
            double[] micros = new double[WRITES];
            ByteBuffer buffer = ByteBuffer.allocateDirect(BYTES);
            for (int i = 0; i < WRITES; i++) {
                buffer.clear();
                long begun = System.nanoTime();
                channel.write(buffer);
                channel.force(false);
                micros[i] = (System.nanoTime() - begun) / 1e3;
            }
            return Statistics.of(micros).median();
        } finally {
            Files.delete(file);
        }
    }
}
