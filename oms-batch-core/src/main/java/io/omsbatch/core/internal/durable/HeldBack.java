package io.omsbatch.core.internal.durable;

import io.omsbatch.api.outcome.ProblemCode;
import io.omsbatch.api.switchover.Invariant;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Why a step that an operator set off is not commanded all the same (SW-6, SW-9). */
public final class HeldBack {

    /** What an operator accepts who tries again all the same, by the problem that was shown. */
    private static final Map<String, Invariant> ACCEPTED = Map.of(
            ProblemCode.SWITCHED_LATELY.name(), Invariant.COOLED_DOWN,
            ProblemCode.FREEZE_PREDICTED.name(), Invariant.FREEZE_FITS,
            ProblemCode.VERIFICATION_TOO_OLD.name(), Invariant.VERIFIED_LATELY);

    private static final Set<String> FREEZE = Set.of(
            ProblemCode.NO_REVERSE_PATH.name(),
            ProblemCode.FREEZE_PREDICTED.name(),
            ProblemCode.VERIFICATION_TOO_OLD.name(),
            ProblemCode.REVERSE_BLOCKED.name());

    private HeldBack() {}

    /**
     * Returns whether a problem with the write stop holds its freeze back.
     *
     * @param problemCode the code of the problem
     */
    public static boolean holdsFreeze(String problemCode) {
        return FREEZE.contains(problemCode);
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
