package io.omsbatch.api.task;

import io.omsbatch.api.Limits;
import io.omsbatch.api.task.MigrationType.Part;
import java.util.Map;
import java.util.Objects;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which way a switchover goes. The two are mirror images: everything that this library says of source and target, of the forward and
 * the reverse sync, is said for {@link #FORWARD}; in a switch {@link #BACK} they change places. The names of the steps in the journal
 * and in the API stay those of the forward direction.
 *
 * @since 0.1.0
 */
public enum SwitchoverDirection {
    /** The application leaves the source for the target. */
    FORWARD(Part.INCREMENTAL, Part.REVERSE_INCREMENT),
    /** The application leaves the target for the source again. */
    BACK(Part.REVERSE_INCREMENT, Part.INCREMENTAL);

    private static final Map<String, String> MIRRORED = Map.of(
            "source", "target", "target", "source", "forward", "reverse", "reverse", "forward", "SOURCE", "TARGET",
            "TARGET", "SOURCE");
    private static final Pattern SIDE = Pattern.compile("\\b(" + String.join("|", MIRRORED.keySet()) + ")\\b");

    private final Part leading;
    private final Part following;

    SwitchoverDirection(Part leading, Part following) {
        this.leading = leading;
        this.following = following;
    }

    /**
     * Returns the direction of a round: the rounds of a task alternate, and the first goes forward.
     *
     * @param round the round, from 1
     * @return the direction
     */
    public static SwitchoverDirection ofRound(int round) {
        Limits.range("round", round, 1, Integer.MAX_VALUE);
        return round % 2 == 1 ? FORWARD : BACK;
    }

    /** Returns the part by which changes reach the side that the application enters, until it does. */
    public Part leading() {
        return leading;
    }

    /** Returns the part by which changes reach the side that the application left, afterwards: the way back. */
    public Part following() {
        return following;
    }

    /**
     * Returns a text of the forward direction as it reads for this one: the words source and target, forward and reverse change places
     * in a switch back.
     *
     * @param forward the text
     * @return the text for this direction
     */
    public String mirror(String forward) {
        Objects.requireNonNull(forward, "forward");
        return this == FORWARD ? forward : SIDE.matcher(forward).replaceAll(SwitchoverDirection::mirrored);
    }

    private static String mirrored(MatchResult word) {
        return Matcher.quoteReplacement(MIRRORED.getOrDefault(word.group(), word.group()));
    }
}
