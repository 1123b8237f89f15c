/** Values and ports: what a host sees and implements. */
@org.jspecify.annotations.NullMarked
module io.omsbatch.api {
    requires static transitive org.jspecify;

    exports io.omsbatch.api;
    exports io.omsbatch.api.access;
    exports io.omsbatch.api.eligibility;
    exports io.omsbatch.api.engine;
    exports io.omsbatch.api.event;
    exports io.omsbatch.api.gateway;
    exports io.omsbatch.api.journal;
    exports io.omsbatch.api.operation;
    exports io.omsbatch.api.outcome;
    exports io.omsbatch.api.plan;
    exports io.omsbatch.api.switchover;
    exports io.omsbatch.api.task;
}
