/** A host with a platform of its own. */
@org.jspecify.annotations.NullMarked
module io.omsbatch.examples.embedding {
    requires io.omsbatch.core;
    requires static org.jspecify;
}
