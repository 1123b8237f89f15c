package io.omsbatch.core.process;

import java.time.Instant;
import java.util.List;

/** When a replica could do no more, whether because it was killed or frozen, and what it had said until then. */
record Life(Instant end, boolean killed, List<ReplicaProcess.Line> lines) {}
