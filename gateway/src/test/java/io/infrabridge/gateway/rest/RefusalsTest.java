package io.infrabridge.gateway.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.infrabridge.contract.Category;
import io.infrabridge.contract.Command;
import io.infrabridge.contract.DeadLetter;
import io.infrabridge.contract.Json;
import io.infrabridge.contract.Operation;
import io.infrabridge.contract.Risk;
import io.infrabridge.contract.State;
import io.infrabridge.gateway.fixture.Caller.Answer;
import io.infrabridge.gateway.fixture.Descriptors;
import io.infrabridge.gateway.fixture.FakeAudit;
import io.infrabridge.gateway.fixture.GatewayFiles;
import io.infrabridge.gateway.fixture.World;
import io.infrabridge.testkit.BrokerResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
@QuarkusTestResource(BrokerResource.class)
@QuarkusTestResource(GatewayFiles.class)
class RefusalsTest {
    @TestHTTPResource("/")
    URL url;

    private World world;

    @BeforeEach
    void settle() throws Exception {
        world = new World(url);
        world.settle();
    }

    @AfterEach
    void close() throws Exception {
        world.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "UNKNOWN_TOOL      | 404 | {'tool':'nfs_moun','arguments':{}}                                  | nfs_mount",
                "UNKNOWN_ACTION    | 400 | {'tool':'nfs_mount','arguments':{'action':'mont'}}                  | mount, list",
                "MISSING_PROPERTY  | 400 | {'tool':'nfs_mount','arguments':{}}                                 | action",
                "MISSING_PROPERTY  | 400 | {'tool':'nfs_mount','arguments':{'action':'mount','target':'/m'}}   | /source",
                "UNKNOWN_PROPERTY  | 400 | {'tool':'nfs_mount','arguments':{'action':'list','remote_targe':'a'}} | remote_target",
                "INVALID_ARGUMENT  | 400 | {'tool':'nfs_mount','arguments':{'action':'list','remote_target':7}} | string",
                "UNKNOWN_TARGET    | 404 | {'tool':'nfs_mount','arguments':{'action':'list','remote_target':'x'}} | app-server-01",
                "AMBIGUOUS_TARGET  | 400 | {'tool':'cluster_manage','arguments':{'cluster_type':'kubernetes','action':'info'}} | blue",
                "FORBIDDEN         | 403 | {'tool':'cluster_manage','arguments':{'cluster_type':'docker_swarm','action':'drain'}} | admin",
                "UNKNOWN_PROPERTY  | 400 | {'tool':'nfs_mount','dryrun':true,'arguments':{'action':'list'}}    | dry_run",
                "MISSING_PROPERTY  | 400 | {'arguments':{}}                                                    | tool",
                "INVALID_REQUEST   | 400 | {'tool':'nfs_mount','arguments':[]}                                 | object",
                "INVALID_REQUEST   | 400 | {'tool':'nfs_mount','timeout_seconds':0}                            | 86400",
                "INVALID_REQUEST   | 400 | {'tool':                                                            | JSON",
                "INVALID_REQUEST   | 400 | [1]                                                                 | object"
            })
    void saysWhatIsWrongAndWhatWouldBeRight(Category category, int status, String request, String hint)
            throws Exception {
        Answer answer = world.operator.post("/api/v1/operations", request.replace('\'', '"'));

        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.header("Content-Type")).contains("application/problem+json");
        assertThat(answer.text("/category")).isEqualTo(category.name());
        assertThat(answer.text("/type"))
                .isEqualTo("urn:infrabridge:problem:"
                        + category.name().toLowerCase(java.util.Locale.ROOT).replace('_', '-'));
        assertThat(answer.json().path("status").asInt()).isEqualTo(status);
        assertThat(answer.text("/hint")).isNotBlank();
        assertThat(answer.json().toString()).contains(hint);
        assertThat(world.nfs.commandsSeen()).isZero();
    }

    @Test
    void putsARefusedRequestOnRecordAsARejectedOperation() throws Exception {
        Answer answer = world.operator.post(
                "/api/v1/operations",
                "{\"tool\":\"nfs_mount\",\"arguments\":{\"action\":\"list\",\"remote_target\":\"x\"}}");
        String id = answer.text("/operation_id");

        World.until(
                "the record has come back over the bus",
                () -> world.reader.get("/api/v1/operations/" + id).status() == 200);

        Answer record = world.reader.get("/api/v1/operations/" + id);
        assertThat(record.text("/state")).isEqualTo("REJECTED");
        assertThat(record.text("/action")).isEqualTo("list");
        assertThat(record.text("/caller")).isEqualTo("key:operator");
        assertThat(record.text("/error/category")).isEqualTo("UNKNOWN_TARGET");
    }

    @Test
    void asksForAKeyWhereSomethingIsDoneAndNotForHealth() throws Exception {
        Answer answer = world.stranger.get("/api/v1/tools");

        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.header("WWW-Authenticate")).contains("Bearer");
        assertThat(answer.header("Content-Type")).contains("application/problem+json");
        assertThat(answer.text("/category")).isEqualTo("UNAUTHENTICATED");
        assertThat(world.stranger.post("/mcp", "{}").status()).isEqualTo(401);
        assertThat(world.stranger.get("/mcp/read-only").status()).isEqualTo(401);
        for (String open : new String[] {"/q/health/live", "/q/metrics", "/q/openapi"}) {
            assertThat(world.stranger.get(open).status()).isEqualTo(200);
        }
    }

    @Test
    void refusesAWrongAndAnExpiredKey() throws Exception {
        assertThat(new io.infrabridge.gateway.fixture.Caller(url.toURI(), "nobody")
                        .get("/api/v1/tools")
                        .status())
                .isEqualTo(401);
        Answer expired = new io.infrabridge.gateway.fixture.Caller(url.toURI(), "late").get("/api/v1/tools");
        assertThat(expired.status()).isEqualTo(401);
        assertThat(expired.text("/category")).isEqualTo("UNAUTHENTICATED");
    }

    @Test
    void refusesAHostHeaderOfAnotherName() throws Exception {
        assertThat(statusLine("GET /q/health/live HTTP/1.1\r\nHost: evil.example.com\r\nConnection: close\r\n\r\n"))
                .contains("403");
        assertThat(statusLine("GET /q/health/live HTTP/1.1\r\nHost: localhost:1\r\nConnection: close\r\n\r\n"))
                .contains("200");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "GET /api/v1/tools HTTP/1.1~Host: evil.example                                  | 403",
                "GET /mcp HTTP/1.1~Host: evil.example:8080                                      | 403",
                "GET /q/health/live HTTP/1.1~Host: LOCALHOST:8080                               | 200",
                "GET /q/health/live HTTP/1.1~Host: [::1]:8080                                   | 200",
                "GET /q/health/live HTTP/1.1~Host: localhost.                                   | 403",
                "GET /q/health/live HTTP/1.1~Host: localhost~Host: evil.example                 | 403",
                "GET /q/health/live HTTP/1.1~Host: evil.example~Host: localhost                 | 403",
                "GET /q/health/live HTTP/1.1~X-No: host                                         | 400",
                "GET /q/health/live HTTP/1.0~X-No: host                                         | 403",
                "GET http://evil.example/q/health/live HTTP/1.1~Host: evil.example              | 403",
                "GET /q/health/live HTTP/1.1~Host: localhost~Origin: http://localhost           | 200",
                "GET /q/health/live HTTP/1.1~Host: localhost~Origin: http://evil.example        | 403",
                "GET /q/health/live HTTP/1.1~Host: localhost~Origin: null                       | 403",
                "GET /mcp HTTP/1.1~Host: localhost~Origin: http://evil.example                  | 403",
                "POST /mcp/read-only HTTP/1.1~Host: localhost~Origin: http://localhost.evil.example~Content-Length: 0 | 403",
                "OPTIONS /api/v1/operations HTTP/1.1~Host: localhost~Origin: http://evil.example | 403"
            })
    void isReachedByItsOwnNamesAndFromItsOwnPagesAlone(String request, String status) throws Exception {
        assertThat(statusLine(request.replace("~", "\r\n") + "\r\nConnection: close\r\n\r\n"))
                .contains(status);
    }

    @Test
    void refusesARequestWithoutHostAsAProblemAndLogsNoFailure() throws Exception {
        List<String> failures = new CopyOnWriteArrayList<>();
        Handler listening = new Handler() {
            @Override
            public void publish(LogRecord record) {
                if (record.getLevel().intValue() >= Level.SEVERE.intValue()) {
                    failures.add(record.getLoggerName());
                }
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
        Logger all = Logger.getLogger("");
        all.addHandler(listening);
        try {
            String answer = whole("GET /api/v1/tools HTTP/1.1\r\nConnection: close\r\n\r\n");

            assertThat(answer).startsWith("HTTP/1.1 400").contains("application/problem+json", "no Host header");
            assertThat(failures).isEmpty();
        } finally {
            all.removeHandler(listening);
        }
    }

    @Test
    void readsAKeyFromOneAuthorizationHeaderAndNowhereElse() throws Exception {
        String good = "Authorization: Bearer reader-secret";
        for (String request : new String[] {
            "GET /api/v1/tools?access_token=reader-secret HTTP/1.1",
            "GET /api/v1/tools?key=reader-secret HTTP/1.1",
            "GET /api/v1/tools HTTP/1.1\r\nCookie: access_token=reader-secret",
            "GET /api/v1/tools HTTP/1.1\r\nX-Api-Key: reader-secret",
            "GET /api/v1/tools HTTP/1.1\r\nAuthorization: Basic cmVhZGVyLXNlY3JldDo=",
            "GET /api/v1/tools HTTP/1.1\r\nAuthorization: Bearer",
            "GET /api/v1/tools HTTP/1.1\r\nAuthorization: Bearer a.b.c",
            "GET /api/v1/tools HTTP/1.1\r\n" + good + "\r\nAuthorization: Bearer other"
        }) {
            assertThat(statusLine(request + "\r\nHost: localhost\r\nConnection: close\r\n\r\n"))
                    .contains("401");
        }
        assertThat(statusLine(
                        "GET /api/v1/tools HTTP/1.1\r\nHost: localhost\r\n" + good + "\r\nConnection: close\r\n\r\n"))
                .contains("200");
    }

    @Test
    void asksForABearerTokenWithoutNamingAnIssuerWhereThereIsNone() throws Exception {
        assertThat(world.stranger.post("/mcp", "{}").header("WWW-Authenticate")).contains("Bearer");
        assertThat(world.stranger.get("/.well-known/oauth-protected-resource").status())
                .isEqualTo(404);
    }

    @Test
    void takesAChangedKeyFileWithoutARestartAndKeepsTheOldOneWhereTheNewOneIsWrong() throws Exception {
        java.nio.file.Path file = world.file("api-keys.yaml");
        String before = java.nio.file.Files.readString(file);
        var next = new io.infrabridge.gateway.fixture.Caller(url.toURI(), "next");
        try {
            replace(
                    file,
                    before + "  - {name: reader-2, caller: reader, sha256: " + sha256("next-secret")
                            + ", roles: [reader]}\n");
            World.until("the new key is valid", () -> next.get("/api/v1/tools").status() == 200);
            assertThat(world.reader.get("/api/v1/tools").status()).isEqualTo(200);

            replace(file, "keys: [{name: x}]\n");
            World.until("the wrong file is noticed", () -> {
                next.get("/api/v1/tools");
                return failures(world) >= 1;
            });
            assertThat(next.get("/api/v1/tools").status()).isEqualTo(200);

            replace(file, before);
            World.until("the new key is gone", () -> next.get("/api/v1/tools").status() == 401);
            assertThat(world.reader.get("/api/v1/tools").status()).isEqualTo(200);
        } finally {
            replace(file, before);
        }
    }

    private static double failures(World world) throws Exception {
        return world.stranger
                .get("/q/metrics")
                .response()
                .body()
                .lines()
                .filter(line ->
                        line.startsWith("infrabridge_configuration_reload_failures_total{file=\"api-keys.yaml\"}"))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
                .sum();
    }

    private static void replace(java.nio.file.Path file, String text) throws IOException {
        java.nio.file.Path next = file.resolveSibling("next");
        io.infrabridge.trust.PrivateFile.write(next, text);
        java.nio.file.Files.move(
                next,
                file,
                java.nio.file.StandardCopyOption.ATOMIC_MOVE,
                java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    }

    private static String sha256(String text) throws java.security.NoSuchAlgorithmException {
        return java.util.HexFormat.of()
                .formatHex(java.security.MessageDigest.getInstance("SHA-256")
                        .digest(text.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void refusesABodyThatIsTooLong() throws Exception {
        String body = "{\"tool\":\"" + "x".repeat(1_200_000) + "\"}";

        Answer answer = world.operator.post("/api/v1/operations", body);

        assertThat(answer.status()).isEqualTo(413);
        assertThat(answer.text("/category")).isEqualTo("PAYLOAD_TOO_LARGE");
    }

    @Test
    void saysAsAProblemWhatTheFrameworkRefuses() throws Exception {
        Answer path = world.operator.get("/api/v1/nothing");
        Answer outside = world.operator.get("/nothing");
        Answer type = world.operator.post("/api/v1/operations", "tool=x", "Content-Type", "text/plain");
        Answer method = world.operator.post("/api/v1/tools", "{}");

        assertThat(path.status()).isEqualTo(404);
        assertThat(outside.status()).isEqualTo(404);
        assertThat(type.status()).isEqualTo(415);
        assertThat(method.status()).isEqualTo(405);
        for (Answer answer : new Answer[] {path, outside, type, method}) {
            assertThat(answer.header("Content-Type")).contains("application/problem+json");
            assertThat(answer.json().path("status").asInt()).isEqualTo(answer.status());
        }
    }

    @Test
    void saysThatTheAuditIsAwayWhenItTakesConnectionsAndSaysNothing() throws Exception {
        try (ServerSocket silent = world.silentAudit()) {
            Instant asked = Instant.now();
            Answer answer = world.reader.get("/api/v1/operations/0190-silent");

            assertThat(silent.isBound()).isTrue();
            assertThat(answer.status()).isEqualTo(503);
            assertThat(answer.text("/category")).isEqualTo("AUDIT_UNAVAILABLE");
            assertThat(answer.text("/hint")).isNotBlank();
            assertThat(Duration.between(asked, Instant.now())).isLessThan(Duration.ofSeconds(10));
        }
    }

    @Test
    void looksIntoTheAuditForWhatItDoesNotRememberAndSaysWhenTheAuditIsAway() throws Exception {
        Operation old = old("0190-old");

        assertThat(world.reader.get("/api/v1/operations/0190-old").status()).isEqualTo(503);
        assertThat(world.reader.get("/api/v1/operations/0190-old").text("/category"))
                .isEqualTo("AUDIT_UNAVAILABLE");
        assertThat(world.reader.get("/api/v1/operations/0190-old/events").status())
                .isEqualTo(503);
        assertThat(world.reader.get("/api/v1/audit").status()).isEqualTo(503);
        try (FakeAudit audit = world.audit()) {
            audit.knows(old);
            assertThat(world.reader.get("/api/v1/operations/0190-old").text("/tool"))
                    .isEqualTo("nfs_mount");
            assertThat(world.reader.get("/api/v1/operations/0190-none").status())
                    .isEqualTo(404);
            assertThat(world.reader.get("/api/v1/operations/0190-none/events").status())
                    .isEqualTo(404);
            assertThat(world.operator
                            .post("/api/v1/operations/0190-none/cancel", "")
                            .status())
                    .isEqualTo(404);
            assertThat(world.reader.get("/api/v1/audit?tool=a%20b").text("/asked"))
                    .isEqualTo("/api/v1/audit?tool=a%20b");
            assertThat(world.reader.get("/api/v1/audit/verify").status()).isEqualTo(200);
        }
    }

    @Test
    void asksTheAuditAgainForTheEndOfWhatItHasNotSentItself() throws Exception {
        Operation ended = old("0190-late");
        try (FakeAudit audit = world.audit()) {
            audit.knows(ended.in(State.ACCEPTED));
            assertThat(world.reader.get("/api/v1/operations/0190-late").text("/state"))
                    .isEqualTo("ACCEPTED");
            audit.knows(ended);
            assertThat(world.reader.get("/api/v1/operations/0190-late").text("/state"))
                    .isEqualTo(ended.state().name());
        }
        assertThat(world.reader.get("/api/v1/operations/0190-late").text("/state"))
                .as("while the audit is away")
                .isEqualTo(ended.state().name());
    }

    @Test
    void dropsAnAnnouncementThatIsNotSignedByItsDomain() throws Exception {
        world.nfs.announceSignedBy(world.strangersKey(), Descriptors.server());
        world.nfs.announceSignedBy(world.keyOf("cluster-worker"), Descriptors.server());

        World.until("both are counted as dropped", () -> {
            String metrics = world.stranger.get("/q/metrics").response().body();
            return metrics.contains(dropped("foreign")) && metrics.contains(dropped("signature"));
        });
        assertThat(world.reader.get("/api/v1/tools").json().toString()).doesNotContain("server_manage");
    }

    @Test
    void dropsAnAnnouncementThatTakesTheToolOfAnotherDomain() throws Exception {
        world.cluster.announce(Descriptors.nfs());
        world.cluster.announce(Descriptors.cluster());

        World.until(
                "it is counted as dropped",
                () -> world.stranger.get("/q/metrics").response().body().contains(dropped("taken")));
        assertThat(world.reader.get("/api/v1/tools").text("/tools/1/domain")).isEqualTo("nfs");
    }

    @Test
    void dropsAnAnnouncementThatSaysThatAChangeOnlyReads() throws Exception {
        world.nfs.announce(Descriptors.nfs().stream()
                .map(operation -> Descriptors.risking(operation, Risk.READ))
                .toList());

        World.until(
                "it is counted as dropped",
                () -> world.stranger.get("/q/metrics").response().body().contains(dropped("downgraded")));
        assertThat(world.operator.get("/api/v1/tools").json().toString()).contains("CHANGE");
        assertThat(world.reader
                        .post(
                                "/api/v1/operations",
                                "{\"tool\":\"nfs_mount\",\"arguments\":{\"action\":\"mount\",\"source\":\"n:/e\",\"target\":\"/m\"}}")
                        .status())
                .isEqualTo(403);
    }

    @Test
    void putsADroppedAnnouncementOnRecordWithTheReason() throws Exception {
        world.nfs.announceSignedBy(world.strangersKey(), Descriptors.server());
        world.nfs.announceSignedBy(world.keyOf("cluster-worker"), Descriptors.server());

        assertThat(world.deadLetter("No key").failure().category()).isEqualTo(Category.BAD_SIGNATURE);
        DeadLetter foreign = world.deadLetter("does not speak for the domain nfs");
        assertThat(foreign.failure().category()).isEqualTo(Category.FORBIDDEN);
        assertThat(foreign.topic()).isEqualTo("infra.catalogue");
        assertThat(foreign.key()).contains("nfs");
        assertThat(foreign.id()).isEqualTo("infra.catalogue:0:" + foreign.offset());
    }

    @Test
    void showsHostsWithoutTheirKeys() throws Exception {
        Answer hosts = world.reader.get("/api/v1/hosts");

        assertThat(hosts.text("/hosts/0/name")).isEqualTo("localhost");
        assertThat(hosts.text("/hosts/1/distro")).isEqualTo("ubuntu");
        assertThat(hosts.text("/hosts/2/kind")).isEqualTo("kubernetes");
        assertThat(hosts.json().toString()).doesNotContain("/keys/");
    }

    @Test
    void describesItsInterface() throws Exception {
        String description = world.stranger.get("/q/openapi").response().body();

        assertThat(description)
                .contains("/api/v1/operations/{id}/events", "/api/v1/operations/{id}/approval", "next_cursor")
                .contains("application/problem+json", "Idempotency-Key", "dry_run");
    }

    private static String dropped(String reason) {
        return "infrabridge_records_dropped_total{reason=\"" + reason + "\",topic=\"infra.catalogue\"}";
    }

    private static Operation old(String id) {
        Instant then = Instant.parse("2025-01-01T00:00:00Z");
        Command command = new Command(
                id,
                "gateway",
                "nfs_mount",
                "list",
                Json.object(),
                "localhost",
                "key:operator",
                Set.of(),
                Optional.empty(),
                Optional.empty(),
                false,
                then,
                then,
                Optional.empty());
        return Operation.accepted(command, Optional.empty())
                .ended(
                        State.FAILED,
                        io.infrabridge.contract.Failure.of(Category.TIMEOUT, "took too long", "again"),
                        then);
    }

    private String statusLine(String request) throws IOException {
        return whole(request).lines().findFirst().orElseThrow();
    }

    private String whole(String request) throws IOException {
        try (Socket socket = new Socket(url.getHost(), url.getPort())) {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
