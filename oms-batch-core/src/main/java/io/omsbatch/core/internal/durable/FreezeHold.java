package io.omsbatch.core.internal.durable;

import io.omsbatch.api.outcome.ProblemCode;
import io.omsbatch.api.switchover.Invariant;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Why a write stop that was confirmed is not commanded all the same (SW-6, SW-9). */
public final class FreezeHold {

    /** What an operator accepts who tries again all the same, by the problem that was shown. */
    private static final Map<String, Invariant> ACCEPTED = Map.of(
            ProblemCode.FREEZE_PREDICTED.name(), Invariant.FREEZE_FITS,
            ProblemCode.VERIFICATION_TOO_OLD.name(), Invariant.VERIFIED_LATELY);

    private static final Set<String> HELD = Set.of(
            ProblemCode.NO_REVERSE_PATH.name(),
            ProblemCode.FREEZE_PREDICTED.name(),
            ProblemCode.VERIFICATION_TOO_OLD.name(),
            ProblemCode.REVERSE_BLOCKED.name());

    private FreezeHold() {}

    /**
     * Returns whether a problem with the write stop holds its freeze back.
     *
     * @param problemCode the code of the problem
     */
    public static boolean holds(String problemCode) {
        return HELD.contains(problemCode);
    }

    /**
     * Returns which rule is waived by trying again after a problem, or null if none is.
     *
     * @param problemCode the code of the problem
     */
    public static @Nullable Invariant acceptedBy(String problemCode) {
        return ACCEPTED.get(problemCode);
    }
}
