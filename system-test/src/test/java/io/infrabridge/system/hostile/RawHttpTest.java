package io.infrabridge.system.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.infrabridge.system.LocalSystem;
import io.infrabridge.system.Rest;
import io.infrabridge.system.RunningSystem;
import io.infrabridge.testkit.hostile.HostilePayloads;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Requests that are wrong below the level of arguments: each is answered soon, with a problem, and never by a failure. */
@ExtendWith(RunningSystem.class)
class RawHttpTest {
    private static final String RIGHT = "{\"tool\":\"server_manage\",\"arguments\":{\"operation\":\"health\"}}";
    private static final String JSON = "application/json";

    private final LocalSystem system;
    private final Rest rest;
    private final Witness witness;
    private final List<String> defects = new ArrayList<>();

    RawHttpTest(LocalSystem system, Rest rest, Witness witness) {
        this.system = system;
        this.rest = rest;
        this.witness = witness;
    }

    @Test
    void bodiesThatAreNoRequestsAreRefused() {
        for (String path : List.of(
                "/api/v1/operations", "/api/v1/operations/none/cancel", "/api/v1/operations/none/approval", "/mcp")) {
            bodies().forEach((what, body) -> expectRefusal(path + " " + what, exchange("POST", path, JSON, body, "")));
        }
        for (String type : List.of("text/plain", "application/xml", "multipart/form-data; boundary=x", "a")) {
            byte[] body = RIGHT.getBytes(StandardCharsets.UTF_8);
            expectRefusal("content type " + type, exchange("POST", "/api/v1/operations", type, body, ""));
        }
        assertThat(defects).isEmpty();
    }

    @Test
    void headersThatAreGarbageAreRefusedOrPassedOver() {
        for (String value : headerValues()) {
            for (String name :
                    List.of("Idempotency-Key", "Prefer", "traceparent", "Accept", "Origin", "Content-Length2")) {
                expectAnswer(
                        name + ": " + clipped(value),
                        exchange("GET", "/api/v1/tools", JSON, new byte[0], name + ": " + value + "\r\n"));
                byte[] body = "{\"tool\":\"none\"}".getBytes(StandardCharsets.UTF_8);
                expectRefusal(
                        name + ": " + clipped(value),
                        exchange("POST", "/api/v1/operations", JSON, body, name + ": " + value + "\r\n"));
            }
        }
        assertThat(defects).isEmpty();
    }

    @Test
    void pathsAndParametersThatAreGarbageAreRefusedOnEveryPathThatIsDescribed() {
        JsonNode described = io.infrabridge.contract.Json.parse(new String(
                exchange("GET", "/q/openapi?format=json", JSON, new byte[0], "").body(), StandardCharsets.UTF_8));
        List<String> garbage = HostilePayloads.texts(witness.canary()).stream()
                .filter(text -> text.length() < 2_000 && wholeText(text))
                .toList();
        int next = 0;
        for (var path : described.path("paths").properties()) {
            for (var method : path.getValue().properties()) {
                if (!List.of("get", "post", "put", "delete").contains(method.getKey())
                        || path.getKey().endsWith("/events")) {
                    continue;
                }
                for (int i = 0; i < 20; i++) {
                    String text = garbage.get(next++ % garbage.size());
                    StringBuilder query = new StringBuilder("?");
                    method.getValue().path("parameters").forEach(parameter -> {
                        if (parameter.path("in").asText().equals("query")) {
                            query.append(parameter.path("name").asText())
                                    .append('=')
                                    .append(encoded(text))
                                    .append('&');
                        }
                    });
                    boolean named = path.getKey().contains("{");
                    String place = path.getKey().replaceAll("\\{[^}]*}", encoded(text)) + query;
                    Answer answer =
                            exchange(method.getKey().toUpperCase(java.util.Locale.ROOT), place, JSON, new byte[0], "");
                    String what = method.getKey() + " " + clipped(place);
                    if (named || method.getKey().equals("post")) {
                        expectRefusal(what, answer);
                    } else {
                        expectAnswer(what, answer);
                    }
                }
            }
        }
        assertThat(next).isGreaterThan(200);
        assertThat(defects).isEmpty();
    }

    @Test
    void requestLinesThatAreNoneAreRefusedAndTheGatewayGoesOn() {
        for (String line : List.of(
                "GET / HTTP/1.1\r\nHost: evil.example\r\n",
                "GET /../../etc/passwd HTTP/1.1\r\nHost: localhost\r\n",
                "GET /api/v1/operations/%2e%2e%2f%2e%2e%2fx HTTP/1.1\r\nHost: localhost\r\n",
                "GET /%c0%ae%c0%ae/x HTTP/1.1\r\nHost: localhost\r\n",
                "GET /%ff%zz HTTP/1.1\r\nHost: localhost\r\n",
                "GET /\0 HTTP/1.1\r\nHost: localhost\r\n",
                "BREW /api/v1/tools HTTP/1.1\r\nHost: localhost\r\n",
                "GET /api/v1/tools HTTP/9.9\r\nHost: localhost\r\n",
                "GET http://evil.example/api/v1/tools HTTP/1.1\r\nHost: localhost\r\n",
                "GET /" + "a".repeat(20_000) + " HTTP/1.1\r\nHost: localhost\r\n",
                "POST /api/v1/operations HTTP/1.1\r\nHost: localhost\r\nContent-Length: -1\r\n",
                "POST /api/v1/operations HTTP/1.1\r\nHost: localhost\r\nContent-Length: 99999999999999999999\r\n",
                "POST /api/v1/operations HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1\r\nContent-Length: 2\r\n",
                "POST /api/v1/operations HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\nContent-Length: 3\r\n",
                "GET /api/v1/tools HTTP/1.1\r\nHost: localhost\r\nHost: evil.example\r\n",
                "GET /api/v1/tools HTTP/1.1\r\n")) {
            expectRefusal(clipped(line), raw(line + "Connection: close\r\n\r\n0\r\n\r\n"));
        }
        assertThat(rest.get("/api/v1/tools").status()).isEqualTo(200);
        assertThat(defects).isEmpty();
    }

    private static Map<String, byte[]> bodies() {
        Map<String, byte[]> bodies = new LinkedHashMap<>();
        Map<String, String> texts = new LinkedHashMap<>();
        texts.put("cut off", RIGHT.substring(0, 20));
        texts.put("no JSON", "nginx; id");
        texts.put("a list", "[" + RIGHT + "]");
        texts.put("a text", "\"x\"");
        texts.put("a number", "1e999999999");
        texts.put("null", "null");
        texts.put("two documents", "{} {}");
        texts.put("two of one name", "{\"tool\":\"nfs_mount\",\"tool\":\"server_manage\",\"arguments\":{}}");
        texts.put("a comment", "{/* x */\"tool\":1}");
        texts.put("single quotes", "{'tool':'x'}");
        texts.put("NaN", "{\"tool\":NaN}");
        texts.put("not known", "{\"toool\":\"x\"}");
        texts.put("__proto__", "{\"__proto__\":{\"tool\":\"x\"}}");
        texts.put("10,000 deep", "{\"tool\":\"server_manage\",\"arguments\":" + "{\"x\":".repeat(10_000));
        texts.put("10,000 lists deep", "[".repeat(10_000) + "]".repeat(10_000));
        texts.put(
                "a number of 100,000 digits",
                "{\"tool\":\"server_manage\",\"timeout_seconds\":" + "9".repeat(100_000) + "}");
        texts.put("a fraction", "{\"tool\":\"server_manage\",\"timeout_seconds\":1.5}");
        texts.put("a tool of 900,000", "{\"tool\":\"" + "x".repeat(900_000) + "\"}");
        texts.put("a name of 60,000", "{\"" + "x".repeat(60_000) + "\":1}");
        texts.put(
                "a wrong dry run",
                "{\"tool\":\"server_manage\",\"dry_run\":\"true\",\"arguments\":{\"operation\":\"health\"}}");
        texts.put("a reason of half a character", "{\"tool\":\"x\",\"reason\":\"\\ud800\"}");
        texts.put("a tool of half a character", "{\"tool\":\"\\ud800\"}");
        texts.put("a tool with NUL", "{\"tool\":\"\\u0000\"}");
        texts.put("11 MB", "{\"tool\":\"" + "x".repeat(11_000_000) + "\"}");
        texts.forEach((what, text) -> bodies.put(what, text.getBytes(StandardCharsets.UTF_8)));
        bodies.put("UTF-16", RIGHT.replace("server", "srv").getBytes(StandardCharsets.UTF_16LE));
        bodies.put("a BOM", ("\ufeff" + RIGHT.replace("server", "srv")).getBytes(StandardCharsets.UTF_8));
        bodies.put("overlong UTF-8", new byte[] {'"', (byte) 0xc0, (byte) 0xaf, '"'});
        bodies.put("no UTF-8", new byte[] {'{', '"', (byte) 0xff, (byte) 0xfe, '"', ':', '1', '}'});
        bodies.put("zeros", new byte[1000]);
        return bodies;
    }

    private static List<String> headerValues() {
        return List.of(
                "",
                " ",
                "x".repeat(300),
                "x".repeat(7_000),
                "x".repeat(70_000),
                "wait=-1",
                "wait=999999999999999999999",
                "wait=x",
                "wait=1; DROP TABLE",
                "wait=0.5, wait=1",
                "\u00e9\u00ff",
                "%00%0d%0a",
                "${jndi:ldap://127.0.0.1/x}",
                "'; --",
                "../x",
                "00-" + "0".repeat(32) + "-" + "0".repeat(16) + "-01",
                "ff-zz",
                "\"",
                "\\",
                "\t",
                "null",
                "*/*;q=x",
                "a/b/c");
    }

    private static boolean wholeText(String text) {
        return StandardCharsets.UTF_8.newEncoder().canEncode(text) && !text.isEmpty();
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private static String clipped(String text) {
        return (text.length() <= 120 ? text : text.substring(0, 120) + "…").replace("\r\n", " ");
    }

    private record Answer(int status, String type, byte[] body) {
        String text() {
            return new String(body, StandardCharsets.UTF_8);
        }
    }

    private void expectRefusal(String what, Answer answer) {
        expectAnswer(what, answer);
        if (answer.status() != 0 && answer.status() < 400 && !answer.text().contains("\"error\"")) {
            defects.add(what + " was not refused: " + answer.status() + " " + clipped(answer.text()));
        }
    }

    /** No failure, nothing of the inside; 0 is a connection that was closed, which is how requests that are none may end. */
    private void expectAnswer(String what, Answer answer) {
        boolean problem = answer.status() < 400
                || answer.body().length == 0
                || answer.type().startsWith("application/problem+json")
                // what is no HTTP is refused below everything that writes problems
                || answer.status() == 400 && answer.type().startsWith("application/json")
                || answer.text().startsWith("{\"jsonrpc\"");
        boolean inside = answer.status() >= 400 && Account.tellsOfTheInside(answer.text());
        if (answer.status() >= 500 || !problem || inside) {
            defects.add(what + " was answered with " + answer.status() + " " + answer.type() + " "
                    + clipped(answer.text()));
        }
    }

    private Answer exchange(String method, String path, String type, byte[] body, String headers) {
        String head =
                method + " " + path + " HTTP/1.1\r\nHost: " + system.gateway().getAuthority()
                        + "\r\nAuthorization: Bearer " + system.adminKey() + "\r\nContent-Type: " + type
                        + (path.startsWith("/mcp") ? "\r\nAccept: application/json, text/event-stream" : "")
                        + "\r\nConnection: close\r\nContent-Length: " + body.length + "\r\n" + headers + "\r\n";
        byte[] headBytes = head.getBytes(StandardCharsets.UTF_8);
        byte[] all = Arrays.copyOf(headBytes, headBytes.length + body.length);
        System.arraycopy(body, 0, all, headBytes.length, body.length);
        return send(all);
    }

    private Answer raw(String text) {
        return send(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    private Answer send(byte[] request) {
        URI gateway = system.gateway();
        try (Socket socket = new Socket(gateway.getHost(), gateway.getPort())) {
            socket.setSoTimeout(20_000);
            try {
                socket.getOutputStream().write(request);
                socket.getOutputStream().flush();
            } catch (IOException refusedBeforeItsEnd) {
                // a body that is too long is not read to its end; the answer is there all the same
            }
            return read(socket.getInputStream());
        } catch (java.net.SocketTimeoutException e) {
            return new Answer(599, "", "no answer within 20 s".getBytes(StandardCharsets.UTF_8));
        } catch (IOException closed) {
            return new Answer(0, "", new byte[0]);
        }
    }

    private static Answer read(InputStream in) throws IOException {
        String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        int end = text.indexOf("\r\n\r\n");
        if (end < 0) {
            return new Answer(0, "", new byte[0]);
        }
        String[] head = text.substring(0, end).split("\r\n");
        String type = Arrays.stream(head)
                .filter(line -> line.toLowerCase(java.util.Locale.ROOT).startsWith("content-type:"))
                .map(line -> line.substring("content-type:".length()).strip())
                .findFirst()
                .orElse("");
        return new Answer(
                Integer.parseInt(head[0].split(" ")[1]),
                type,
                text.substring(end + 4).getBytes(StandardCharsets.UTF_8));
    }
}
