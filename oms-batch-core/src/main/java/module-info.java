/** The engine. */
@org.jspecify.annotations.NullMarked
module io.omsbatch.core {
    requires transitive io.omsbatch.api;
    requires transitive java.sql;
    requires jdk.jfr;
    requires static transitive org.jspecify;
    requires org.slf4j;

    exports io.omsbatch.core;
    exports io.omsbatch.core.journal;
    exports io.omsbatch.core.journal.jdbc;
    exports io.omsbatch.core.plan;
    exports io.omsbatch.core.settings;
    exports io.omsbatch.core.workflow;
}
