package io.omsbatch.core.internal.run;

import io.omsbatch.api.journal.JournalRecord;
import java.time.Instant;
import java.util.List;

/**
 * A command that is about to be sent.
 *
 * @param entry its task
 * @param at when it was intended
 * @param key its key
 * @param records what is written before it
 * @param noReturn whether its task is past its point of no return then
 */
record Intent(TaskEntry entry, Instant at, String key, List<JournalRecord> records, boolean noReturn) {}
