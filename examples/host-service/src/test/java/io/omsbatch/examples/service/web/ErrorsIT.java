package io.omsbatch.examples.service.web;

import static io.omsbatch.examples.service.ServiceFixture.created;
import static org.assertj.core.api.Assertions.assertThat;

import io.omsbatch.examples.service.Service;
import io.omsbatch.examples.service.Service.Reply;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("A request that cannot be done says what is wrong with it, and changes nothing:")
class ErrorsIT {

    @TempDir
    static Path folder;

    private static Service service;
    private static String before;

    @BeforeAll
    static void start() {
        service = Service.start(folder);
        created(service, "job", 3);
        before = service.get("/tasks").text();
    }

    @AfterEach
    void nothingChanged() {
        assertThat(service.get("/tasks").text()).isEqualTo(before);
        assertThat(service.get("/runs").list("runs")).isEmpty();
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    private static Reply expect(int status, String code, Reply reply) {
        assertThat(reply.status()).as(reply.text()).isEqualTo(status);
        assertThat(reply.type()).isEqualTo("application/problem+json");
        assertThat(reply.number("status")).isEqualTo(status);
        assertThat(reply.get("code")).as(reply.text()).isEqualTo(code);
        return reply;
    }

    private static Reply plan(String tasks) {
        return service.post(
                "/plans", "ann", "{\"requestId\": \"r\", \"operation\": \"START\", \"tasks\": " + tasks + "}");
    }

    @Test
    @DisplayName("a request without an actor, or with one that hides something")
    void actor() {
        Reply missing = expect(401, "NO_ACTOR", service.get("/tasks", null));
        assertThat(missing.headers()).containsKey("www-authenticate");
        expect(401, "NO_ACTOR", service.post("/runs", null, "{}"));
        Reply tooLong = expect(400, "INVALID_INPUT", service.get("/tasks", "a".repeat(201)));
        assertThat(tooLong.get("field")).isEqualTo("name");
        String hidden = raw("GET /tasks HTTP/1.1\r\nHost: x\r\nX-Actor: ann\u009b31m\r\nConnection: close\r\n\r\n");
        assertThat(hidden).startsWith("HTTP/1.1 400").contains("U+009B").doesNotContain("\u009b");
    }

    /** Sends what no decent client sends. */
    private static String raw(String request) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), service.port())) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    @Test
    @DisplayName("a body that is no JSON, has a field that nobody knows, or a value of another kind")
    void badJson() {
        expect(400, "UNREADABLE", service.post("/plans", "ann", "{\"requestId\": "));
        expect(400, "UNREADABLE", service.post("/plans", "ann", ""));
        Reply unknown = expect(400, "UNREADABLE", service.post("/plans", "ann", "{\"taskz\": []}"));
        assertThat((String) unknown.get("detail")).contains("taskz");
        expect(400, "UNREADABLE", plan("\"job-1\""));
        expect(400, "UNREADABLE", service.post("/plans", "ann", "[".repeat(2_000)));
    }

    @Test
    @DisplayName("an operation, an action or a step that nobody knows")
    void unknownWords() {
        Reply operation = expect(
                400,
                "INVALID_INPUT",
                service.post(
                        "/plans", "ann", "{\"requestId\": \"r\", \"operation\": \"EXPLODE\", \"tasks\": [\"job-1\"]}"));
        assertThat(operation.get("field")).isEqualTo("operation");
        assertThat((String) operation.get("detail")).contains("EXPLODE").contains("START, STOP, RESUME");
        Reply action =
                expect(400, "INVALID_INPUT", service.post("/runs/x/controls", "ann", "{\"action\": \"\\u001b[31m\"}"));
        assertThat((String) action.get("detail")).doesNotContain("\u001b");
    }

    @Test
    @DisplayName("fields that are missing")
    void missing() {
        assertThat(expect(400, "INVALID_INPUT", service.post("/plans", "ann", "{}"))
                        .get("field"))
                .isEqualTo("requestId");
        assertThat(expect(400, "INVALID_INPUT", service.post("/runs", "ann", "{}"))
                        .get("field"))
                .isEqualTo("fingerprint");
        assertThat(expect(400, "INVALID_INPUT", plan("[]")).get("field")).isEqualTo("tasks");
        assertThat(expect(400, "INVALID_INPUT", plan("[\"job-1\", null]")).get("field"))
                .isEqualTo("tasks[1]");
    }

    @Test
    @DisplayName("too many ids, too long ones, and ones with escape codes")
    void ids() {
        List<String> many = IntStream.range(0, 10_001).mapToObj(i -> "job-" + i).toList();
        Reply tooMany = expect(400, "INVALID_INPUT", service.plan("many", "ann", "START", many));
        assertThat(tooMany.get("field")).isEqualTo("tasks");
        assertThat((String) tooMany.get("detail")).contains("10000");
        List<String> huge =
                IntStream.range(0, 400_000).mapToObj(i -> "job-" + i).toList();
        expect(413, "TOO_LARGE", service.plan("huge", "ann", "START", huge));
        Reply escaped = expect(400, "INVALID_INPUT", plan("[\"job-1\", \"job\\u001b[2J\"]"));
        assertThat(escaped.get("field")).isEqualTo("tasks[1]");
        assertThat((String) escaped.get("detail")).contains("U+001B").doesNotContain("\u001b");
        expect(400, "INVALID_INPUT", plan("[\"" + "x".repeat(201) + "\"]"));
        expect(400, "INVALID_INPUT", service.get("/tasks?size=100000"));
    }

    @Test
    @DisplayName("a plan, a run or a report that is not there, and an address that is none")
    void notThere() {
        expect(404, "NO_SUCH_PLAN", service.confirm("0".repeat(64), "ann"));
        expect(404, "NOT_FOUND", service.get("/runs/nobody"));
        expect(404, "NOT_FOUND", service.get("/runs/" + "x".repeat(500) + "/report"));
        expect(404, "NOT_FOUND", service.get("/runs/a%1Bb/board"));
        assertThat(service.get("/nowhere").status()).isEqualTo(404);
        assertThat(service.post("/tasks", "ann", "{}").status()).isEqualTo(405);
    }
}
