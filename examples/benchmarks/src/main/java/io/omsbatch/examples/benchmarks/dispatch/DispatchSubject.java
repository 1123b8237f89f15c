package io.omsbatch.examples.benchmarks.dispatch;

import io.omsbatch.examples.benchmarks.frame.CallLog;
import io.omsbatch.examples.benchmarks.frame.Iteration;
import io.omsbatch.examples.benchmarks.frame.Subject;
import java.time.Duration;
import java.util.Map;

/** A dispatcher that is measured. */
final class DispatchSubject implements Subject {

    private final Dispatcher dispatcher;
    private final Duration call;

    DispatchSubject(Dispatcher dispatcher, Duration call) {
        this.dispatcher = dispatcher;
        this.call = call;
    }

    @Override
    public Iteration prepare(int items) {
        CallLog log = new CallLog(items, call);
        return new Iteration() {
            @Override
            public void run() throws Exception {
                dispatcher.dispatch(items, log);
            }

            @Override
            public void verify() {
                log.verify();
            }

            @Override
            public Map<String, Double> notes() {
                return log.notes();
            }
        };
    }

    @Override
    public void close() {
        dispatcher.close();
    }
}
