package io.omsbatch.testkit.check;

import io.omsbatch.api.SafeText;
import io.omsbatch.api.journal.JournalRecord;
import java.util.ArrayList;
import java.util.List;

/** The promises about what is shown. */
final class SafetyPromises {

    private SafetyPromises() {}

    /** Nothing foreign reaches a terminal unescaped. */
    static void sec2(RunHistory history) {
        List<String> texts = new ArrayList<>();
        texts.addAll(history.plan().render().lines().toList());
        texts.add(history.plan().request().toString());
        if (history.report() != null) {
            texts.addAll(history.report().render().lines().toList());
            history.results().forEach(result -> {
                texts.add(result.toString());
                texts.add(result.outcome().text());
            });
        }
        history.facts().forEach(fact -> {
            JournalRecord record = RunHistory.record(fact);
            texts.add(record.code());
            record.detail().forEach((name, value) -> {
                if (name.equals("tasks")) {
                    texts.addAll(value.lines().toList()); // a list of identities, a line each
                } else if (!name.equals("reason")) {
                    texts.add(value);
                }
            });
        });
        for (String text : texts) {
            Breach.unless(
                    SafeText.escape(text).equals(text),
                    "SEC-2",
                    history,
                    "this is shown unescaped: " + SafeText.escape(text));
        }
    }
}
