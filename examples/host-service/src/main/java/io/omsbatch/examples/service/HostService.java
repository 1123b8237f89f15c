package io.omsbatch.examples.service;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;

/** Starts the service. */
@SpringBootApplication(proxyBeanMethods = false)
@ConfigurationPropertiesScan
public class HostService {

    /**
     * Starts it.
     *
     * @param args options, such as {@code --host.folder=/var/lib/host}
     */
    public static void main(String[] args) {
        SpringApplication.run(HostService.class, args);
    }
}
