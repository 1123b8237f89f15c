package io.omsbatch.examples.postgres.precheck;

import io.omsbatch.examples.postgres.database.Session;
import io.omsbatch.examples.postgres.schema.Sequence;
import io.omsbatch.examples.postgres.schema.TableName;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Whether every sequence is on the target, where the switchover is going to let it continue. */
final class SequenceCheck {

    private SequenceCheck() {}

    static Finding of(Session source, Session target) {
        List<Sequence> sequences = Sequence.all(source);
        Set<TableName> there = Sequence.all(target).stream().map(Sequence::name).collect(Collectors.toSet());
        String missing = sequences.stream()
                .map(Sequence::name)
                .filter(name -> !there.contains(name))
                .map(TableName::toString)
                .collect(Collectors.joining(", "));
        return missing.isEmpty()
                ? Finding.passed("sequences", sequences.size() + " sequences can continue on the target")
                : Finding.blocking("sequences", "not on the target: " + missing, "create them there, then repeat");
    }
}
