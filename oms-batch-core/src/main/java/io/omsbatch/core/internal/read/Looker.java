package io.omsbatch.core.internal.read;

import io.omsbatch.core.internal.call.CallDispatcher;
import io.omsbatch.core.internal.call.CallResult;
import io.omsbatch.core.internal.call.Slot;
import io.omsbatch.core.internal.limit.CallRate;
import io.omsbatch.core.internal.limit.Calls;
import java.util.function.Consumer;

/**
 * Looks at the platform, by calls that were reserved before.
 *
 * @param dispatcher makes the calls
 * @param rate how often they begin
 */
public record Looker(CallDispatcher dispatcher, CallRate rate) {

    /**
     * What is looked at.
     *
     * @param <T> what is seen
     */
    public interface Look<T> {

        /**
         * Calls the gateway, and throws whatever it throws.
         *
         * @param beforeEach is run before each call; throws if the look was given up, so that it need not go on
         * @return what is seen
         */
        T look(Runnable beforeEach);
    }

    /**
     * Looks, and hands on what was seen exactly once, as {@link CallDispatcher#call} does. Calls that were not made are given back.
     *
     * @param slot the slot the work was given
     * @param calls the calls that were reserved
     * @param look what is looked at
     * @param then takes what was seen
     * @param <T> what is seen
     */
    public <T> void look(Slot slot, Calls calls, Look<T> look, Consumer<CallResult<T>> then) {
        dispatcher.call(slot, () -> look.look(() -> rate.beginLook(calls)), result -> {
            rate.giveBack(calls);
            then.accept(result);
        });
    }
}
