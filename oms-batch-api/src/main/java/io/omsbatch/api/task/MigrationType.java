package io.omsbatch.api.task;

import io.omsbatch.api.Limits;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Which parts a migration task was configured with. It decides the stages of the task and the steps of its switchover,
 * and tasks move in lockstep only with tasks of an equal type. Immutable; there are 64 types, each exists once.
 *
 * @since 0.1.0
 */
public final class MigrationType {

    /** One selectable part of a migration. */
    public enum Part {
        /** Tables and indexes are created. OMS: {@code EnableStructTransfer}. */
        SCHEMA(1, Stage.SCHEMA_MIGRATION),
        /** Existing rows are copied. OMS: {@code EnableFullTransfer}. */
        FULL(2, Stage.FULL_MIGRATION),
        /** Changes are followed. OMS: {@code EnableIncrTransfer}. */
        INCREMENTAL(4, Stage.INCREMENTAL_SYNC),
        /** All rows are compared. OMS: {@code EnableFullVerify}. */
        FULL_VERIFICATION(8, Stage.FULL_VERIFICATION),
        /** Changed rows are compared; has no stage of its own. OMS: {@code EnableIncrVerify}. */
        INCREMENTAL_VERIFICATION(16, null),
        /** After the switchover changes flow back. OMS: {@code EnableReverseIncrTransfer}. */
        REVERSE_INCREMENT(32, Stage.REVERSE_INCREMENT);

        private final int bit;
        private final @Nullable Stage stage;

        Part(int bit, @Nullable Stage stage) {
            this.bit = bit;
            this.stage = stage;
        }
    }

    private static final Part[] PARTS = Part.values();
    private static final List<MigrationType> ALL = createAll();

    private final int mask;
    private final Map<SwitchoverDirection, List<SwitchoverStep>> steps;
    private final Stage lastStageBeforeSwitchover;
    private final String text;

    private MigrationType(int mask) {
        this.mask = mask;
        this.steps = Map.of(
                SwitchoverDirection.FORWARD, stepsOf(SwitchoverDirection.FORWARD),
                SwitchoverDirection.BACK, stepsOf(SwitchoverDirection.BACK));
        Stage last = Stage.PRECHECK;
        for (Part part : PARTS) {
            if (has(part) && part.stage != null && part.stage.compareTo(Stage.FORWARD_SWITCHOVER) < 0) {
                last = part.stage;
            }
        }
        this.lastStageBeforeSwitchover = last;
        this.text = mask == 0 ? "NONE" : parts().stream().map(Part::name).collect(Collectors.joining("+"));
    }

    /**
     * Returns the type with exactly these parts.
     *
     * @param parts the selected parts; may be empty
     * @return the type
     */
    public static MigrationType of(Part... parts) {
        return of(Arrays.asList(Objects.requireNonNull(parts, "parts")));
    }

    /**
     * Returns the type with exactly these parts.
     *
     * @param parts the selected parts; may be empty
     * @return the type
     */
    public static MigrationType of(Collection<Part> parts) {
        Limits.elements("parts", parts, Limits.ITEMS);
        int mask = 0;
        for (Part part : parts) {
            mask |= part.bit;
        }
        return ALL.get(mask);
    }

    /** Returns the type with schema, full, incremental, full verification and reverse increment. */
    public static MigrationType complete() {
        return of(Part.SCHEMA, Part.FULL, Part.INCREMENTAL, Part.FULL_VERIFICATION, Part.REVERSE_INCREMENT);
    }

    /** Returns all 64 types. */
    public static List<MigrationType> all() {
        return ALL;
    }

    /**
     * Returns whether a part was selected.
     *
     * @param part the part
     * @return whether it was selected
     */
    public boolean has(Part part) {
        return (mask & Objects.requireNonNull(part, "part").bit) != 0;
    }

    /** Returns the selected parts. */
    public Set<Part> parts() {
        EnumSet<Part> parts = EnumSet.noneOf(Part.class);
        for (Part part : PARTS) {
            if (has(part)) {
                parts.add(part);
            }
        }
        return parts;
    }

    /** Returns the steps of the forward switchover of this type, in order (SW-1). */
    public List<SwitchoverStep> switchoverSteps() {
        return switchoverSteps(SwitchoverDirection.FORWARD);
    }

    /**
     * Returns the steps of a switchover of this type, in order (SW-1).
     *
     * @param direction which way it goes
     * @return the steps
     */
    public List<SwitchoverStep> switchoverSteps(SwitchoverDirection direction) {
        return Objects.requireNonNull(steps.get(Objects.requireNonNull(direction, "direction")));
    }

    /** Returns the stage that must be done before the switchover may be entered. */
    public Stage lastStageBeforeSwitchover() {
        return lastStageBeforeSwitchover;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof MigrationType type && type.mask == mask;
    }

    @Override
    public int hashCode() {
        return mask;
    }

    /** Returns the parts joined by {@code +}, or {@code NONE}. */
    @Override
    public String toString() {
        return text;
    }

    private List<SwitchoverStep> stepsOf(SwitchoverDirection direction) {
        return SwitchoverStep.inOrder().stream()
                .filter(step -> {
                    Part requires = step.requires(direction);
                    return requires == null || has(requires);
                })
                .toList();
    }

    private static List<MigrationType> createAll() {
        List<MigrationType> all = new ArrayList<>();
        for (int mask = 0; mask < 1 << PARTS.length; mask++) {
            all.add(new MigrationType(mask));
        }
        return List.copyOf(all);
    }
}
