/** What a host tests itself with: a simulated platform, checks, contracts, arbitraries and rules. */
@org.jspecify.annotations.NullMarked
// ArchUnit has no module descriptor of its own.
@SuppressWarnings({"requires-automatic", "requires-transitive-automatic"})
module io.omsbatch.testkit {
    requires static transitive org.jspecify;
    requires transitive io.omsbatch.api;
    requires transitive com.tngtech.archunit;
    requires transitive net.jqwik.api;
    requires transitive org.junit.jupiter.api;

    exports io.omsbatch.testkit.arbitraries;
    exports io.omsbatch.testkit.assertion;
    exports io.omsbatch.testkit.check;
    exports io.omsbatch.testkit.contract;
    exports io.omsbatch.testkit.fake;
    exports io.omsbatch.testkit.fault;
    exports io.omsbatch.testkit.history;
    exports io.omsbatch.testkit.model;
    exports io.omsbatch.testkit.rules;
    exports io.omsbatch.testkit.simulation;

    // jqwik creates the domain.
    opens io.omsbatch.testkit.arbitraries to
            org.junit.platform.commons;
    // JUnit calls the package-private test methods that hosts inherit.
    opens io.omsbatch.testkit.contract to
            org.junit.platform.commons;
}
