package io.omsbatch.core;

import io.omsbatch.api.gateway.TaskGateway;

/**
 * Where a host begins: {@code BatchEngine engine = OmsBatch.engine(gateway).build();}
 *
 * @since 0.1.0
 */
public final class OmsBatch {

    private OmsBatch() {}

    /**
     * Begins an engine for a platform. A gateway that is also a {@link io.omsbatch.api.gateway.SwitchoverGateway} can switch
     * over.
     *
     * @param gateway the platform
     * @return a builder with every setting at its default
     */
    public static EngineBuilder engine(TaskGateway gateway) {
        return new EngineBuilder(gateway);
    }
}
