package io.omsbatch.examples.service.engine;

import java.time.Duration;
import java.util.Set;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What is set about the service, below {@code host}.
 *
 * @param folder where its databases lie
 * @param platform how long the platform takes for each thing
 * @param access who may do what
 * @param lookEvery how long the engine waits before its first look for what became of a command; later ones wait up to ten times as long
 * @param closeTimeout how long a shutdown waits for what is in flight
 * @param demoJobs how many jobs an empty platform is given
 */
@ConfigurationProperties("host")
public record HostSettings(
        @DefaultValue("./data") String folder,
        @DefaultValue Platform platform,
        @DefaultValue Access access,
        @DefaultValue("500ms") Duration lookEvery,
        @DefaultValue("20s") Duration closeTimeout,
        @DefaultValue("0") int demoJobs) {

    /**
     * How long the platform takes.
     *
     * @param order from when an order is taken until it has its effect
     * @param stage how long each stage before the cutover lasts
     * @param step how long a step of the cutover lasts
     */
    public record Platform(
            @DefaultValue("300ms") Duration order,
            @DefaultValue("2s") Duration stage,
            @DefaultValue("300ms") Duration step) {}

    /**
     * Who may do what. Whoever is in neither list may look.
     *
     * @param operators may do everything but end and delete
     * @param administrators may do everything
     */
    public record Access(
            @DefaultValue Set<String> operators,
            @DefaultValue Set<String> administrators) {}
}
