package io.omsbatch.testkit.contract;

import java.util.ArrayList;
import java.util.function.Consumer;

/** A journal that is there again when it is opened once more, but for what a test lets it lose. */
class DurableJournal extends ReferenceJournal {

    private final Consumer<DurableJournal> losing;

    DurableJournal(Consumer<DurableJournal> losing) {
        this.losing = losing;
    }

    @Override
    public boolean durable() {
        return true;
    }

    final DurableJournal reopened() {
        DurableJournal again = new DurableJournal(losing);
        again.plans.putAll(plans);
        again.approvals.addAll(approvals);
        again.runs.putAll(runs);
        again.owners.putAll(owners);
        facts.forEach((run, entries) -> again.facts.put(run, new ArrayList<>(entries)));
        again.claims.putAll(claims);
        again.inbox.addAll(inbox);
        again.sent.addAll(sent);
        losing.accept(again);
        return again;
    }
}
