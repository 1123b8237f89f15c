package io.omsbatch.examples.benchmarks.frame;

/** What a contender stands for. */
public enum Role {
    /** This library, with everything it promises. */
    OURS,
    /** Code written by hand for this one workload, that does no more than it must. */
    FLOOR,
    /** Another library that hosts would use instead. */
    PEER
}
