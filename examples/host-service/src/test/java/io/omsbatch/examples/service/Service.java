package io.omsbatch.examples.service;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.json.JsonParserFactory;
import org.springframework.context.ConfigurableApplicationContext;

/** The real service in this process, on a free port of the loopback, with its databases in a folder. */
public final class Service implements AutoCloseable {

    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    private final ConfigurableApplicationContext context;
    private final URI address;

    private Service(ConfigurableApplicationContext context) {
        this.context = context;
        this.address = URI.create("http://127.0.0.1:" + context.getEnvironment().getProperty("local.server.port"));
    }

    /** Starts the service with a quick platform. */
    public static Service start(Path folder, String... options) {
        Map<String, String> all = new LinkedHashMap<>(Map.of(
                "--host.folder", folder.toAbsolutePath().toString(),
                "--server.port", "0",
                "--host.platform.order", "50ms",
                "--host.platform.stage", "50ms",
                "--host.platform.step", "50ms",
                "--host.look-every", "20ms",
                "--logging.level.root", "ERROR",
                "--spring.main.banner-mode", "off",
                "--spring.main.register-shutdown-hook", "false"));
        for (String option : options) {
            String[] parts = option.split("=", 2);
            all.put(parts[0], parts[1]);
        }
        return new Service(SpringApplication.run(
                HostService.class,
                all.entrySet().stream()
                        .map(option -> option.getKey() + "=" + option.getValue())
                        .toArray(String[]::new)));
    }

    /** Returns the port on which it listens. */
    public int port() {
        return address.getPort();
    }

    public <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    /** What the service answered. */
    public record Reply(int status, String type, String text, Map<String, List<String>> headers) {

        public Map<String, Object> json() {
            return JsonParserFactory.getJsonParser().parseMap(text);
        }

        public Object get(String key) {
            return json().get(key);
        }

        @SuppressWarnings("unchecked") // of JSON
        public Map<String, Object> map(String key) {
            return (Map<String, Object>) get(key);
        }

        @SuppressWarnings("unchecked") // of JSON
        public List<Map<String, Object>> list(String key) {
            return (List<Map<String, Object>>) get(key);
        }

        public long number(String key) {
            return ((Number) get(key)).longValue();
        }
    }

    public Reply get(String path, String actor) {
        return send(request(path, actor).GET().build());
    }

    public Reply get(String path) {
        return get(path, "ann");
    }

    public Reply post(String path, String actor, String body) {
        return send(request(path, actor)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build());
    }

    private HttpRequest.Builder request(String path, String actor) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(address.resolve(path)).timeout(Duration.ofSeconds(30));
        return actor == null ? request : request.header("X-Actor", actor);
    }

    private static Reply send(HttpRequest request) {
        try {
            HttpResponse<String> response = CLIENT.send(request, HttpResponse.BodyHandlers.ofString());
            return new Reply(
                    response.statusCode(),
                    response.headers().firstValue("Content-Type").orElse(""),
                    response.body(),
                    response.headers().map());
        } catch (IOException failed) {
            throw new AssertionError(request + " failed", failed);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new AssertionError(request + " was interrupted", interrupted);
        }
    }

    public Reply plan(String request, String actor, String operation, List<String> tasks) {
        return post(
                "/plans",
                actor,
                "{\"requestId\": \"" + request + "\", \"operation\": \"" + operation + "\", \"tasks\": " + array(tasks)
                        + "}");
    }

    public Reply confirm(String fingerprint, String actor) {
        return post("/runs", actor, "{\"fingerprint\": \"" + fingerprint + "\", \"reason\": \"window 17\"}");
    }

    /** Plans and confirms, and returns the id of the run. */
    public String begin(String request, String operation, List<String> tasks) {
        Reply plan = plan(request, "ann", operation, tasks);
        return (String) confirm((String) plan.get("fingerprint"), "ann").get("id");
    }

    public static String array(List<String> words) {
        return words.stream().map(word -> "\"" + word + "\"").collect(Collectors.joining(", ", "[", "]"));
    }

    @Override
    public void close() {
        context.close();
    }
}
