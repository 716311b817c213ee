package io.infrabridge.system.chaos;

import com.fasterxml.jackson.databind.JsonNode;
import io.infrabridge.contract.Json;
import io.infrabridge.system.Eventually;
import io.infrabridge.system.Shell;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What the audit has written down, page by page and as an export. */
final class Trail {
    private static final Duration CAUGHT_UP_WITHIN = Duration.ofSeconds(90);

    private final Gateway gateway;
    private final Path folder;
    private final Findings findings;

    Trail(Gateway gateway, Path folder, Findings findings) {
        this.gateway = gateway;
        this.folder = folder;
        this.findings = findings;
    }

    /** Every event of the topics stands in the trail, once. */
    void holdsEachOnce(Bus bus) {
        Set<String> wanted = bus.messages().stream().map(Bus.Message::event).collect(Collectors.toSet());
        Map<String, Integer> written = new HashMap<>();
        try {
            Eventually.isTrue("the audit has caught up", CAUGHT_UP_WITHIN, () -> {
                written.clear();
                exported().ifPresent(export -> written.putAll(events(export)));
                return written.keySet().containsAll(wanted);
            });
        } catch (AssertionError late) {
            List<String> missing = wanted.stream()
                    .filter(event -> !written.containsKey(event))
                    .limit(10)
                    .toList();
            findings.defect("the audit lacks %s", missing);
        }
        written.forEach((event, times) -> {
            findings.count("audit records");
            if (times > 1) {
                findings.defect("the audit has %s %d times", event, times);
            }
        });
    }

    /** The same seen through the pages of the search: no record twice, and every operation with one command and one end. */
    void pagesAgree(Map<String, Undertaking> accepted) {
        Map<String, Integer> commands = operations("command");
        Map<String, Integer> results = operations("result");
        accepted.forEach((id, what) -> {
            int ends = results.getOrDefault(id, 0);
            int asked = commands.getOrDefault(id, 0);
            if (asked > 1 && what.kind().read()) {
                // the same key again, after the gateway was restarted: only a change is claimed before it is published
                findings.count("reads published once more");
            } else if (asked != 1) {
                findings.defect("%s %s: the audit has its command %d times", what, id, asked);
            }
            if (ends != 1 && !(ends > 1 && what.kind().read())) {
                findings.defect("%s %s: the audit has its result %d times", what, id, ends);
            }
        });
    }

    void verifies(Path verifier, Path checkpointKey) {
        Optional<Gateway.Answer> proof = gateway.getPatiently("/api/v1/audit/verify");
        boolean verified =
                proof.map(answer -> answer.body().path("verified").asBoolean()).orElse(false);
        if (!verified) {
            findings.defect("the audit does not verify: %s", proof);
        }
        Optional<Path> export = exported();
        if (export.isEmpty()) {
            findings.defect("the audit gives no export");
            return;
        }
        Shell.Answer offline = Shell.run(
                Duration.ofMinutes(2),
                Map.of(),
                List.of(
                        Path.of(System.getProperty("java.home"), "bin/java").toString(),
                        "-jar",
                        verifier.toString(),
                        "verify",
                        export.get().toString(),
                        checkpointKey.toString()));
        if (offline.exitCode() != 0) {
            findings.defect("the export does not verify: %s%s", offline.output(), offline.error());
        }
        System.out.println("chaos: audit verified online: " + verified + ", offline: "
                + offline.output().lines().reduce((before, last) -> last).orElse(""));
    }

    private Optional<Path> exported() {
        return gateway.download("/api/v1/audit/export", folder.resolve("export.ndjson"));
    }

    private static Map<String, Integer> events(Path export) {
        try (Stream<String> lines = Files.lines(export)) {
            return lines.map(Json::parse)
                    .filter(line -> line.path("line").asText().equals("record"))
                    .collect(Collectors.toMap(Trail::event, line -> 1, Integer::sum));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String event(JsonNode record) {
        return Bus.Message.event(
                record.path("event_id").asText(),
                record.path("type").asText(),
                Base64.getDecoder().decode(record.path("value").asText()));
    }

    /** How many records of this type there are of each operation. */
    private Map<String, Integer> operations(String type) {
        Map<String, Integer> all = new HashMap<>();
        Map<String, Integer> numbers = new HashMap<>();
        String cursor = "";
        do {
            String path = "/api/v1/audit?limit=500&type=" + type + cursor;
            JsonNode page = Eventually.get(
                    "the audit answers " + path,
                    Duration.ofSeconds(30),
                    () -> gateway.get(path)
                            .filter(answer -> answer.status() == 200)
                            .map(Gateway.Answer::body));
            for (JsonNode record : page.path("records")) {
                numbers.merge(record.path("number").asText(), 1, Integer::sum);
                all.merge(record.path("operation_id").asText(), 1, Integer::sum);
            }
            cursor = Optional.of(page.path("next_cursor").asText(""))
                    .filter(next -> !next.isEmpty())
                    .map(next -> "&cursor=" + Gateway.encoded(next))
                    .orElse("");
        } while (!cursor.isEmpty());
        numbers.forEach((number, times) -> {
            if (times > 1) {
                findings.defect("record %s is on %d pages", number, times);
            }
        });
        return all;
    }
}
