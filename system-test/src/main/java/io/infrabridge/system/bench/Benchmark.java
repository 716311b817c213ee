package io.infrabridge.system.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.infrabridge.contract.Json;
import io.infrabridge.system.Lab;
import io.infrabridge.system.LocalSystem;
import io.infrabridge.system.Rest;
import io.infrabridge.trust.inventory.Host;
import io.infrabridge.trust.inventory.Inventory;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/**
 * Measures reads from REST to REST through the running system, everything on, and in the same run what they are made of:
 * two hops over Kafka, an HTTP echo over Kafka, and a bare SSH channel.
 */
public final class Benchmark {
    private static final int MANY = 64;
    private static final String HOST = "app2";
    private static final String TOOL = "nfs_mount";

    private final LocalSystem system;
    private final Rest rest;
    private final double scale;
    private final Table table = new Table();

    private Benchmark(LocalSystem system, double scale) {
        this.system = system;
        this.rest = new Rest(system.gateway(), system.adminKey());
        this.scale = scale;
    }

    /** The first argument scales all durations; 0.1 for a quick look. */
    public static void main(String[] args) throws Exception {
        double scale = args.length > 0 ? Double.parseDouble(args[0]) : 1;
        Path folder = Files.createTempDirectory("infrabridge-benchmark");
        System.out.println("The system's data and logs are in " + folder);
        try (LocalSystem system = LocalSystem.start(folder, Map.of())) {
            new Benchmark(system, scale).run();
        }
    }

    private void run() throws IOException, InterruptedException {
        PlainKafka.createTopics(system.kafka());
        try (ChildProgram worker = ChildProgram.start(PlainKafka.argv(EchoWorker.class, system.kafka()))) {
            local(ChildProgram.start(PlainKafka.argv(EchoGateway.class, system.kafka())));
        }
        if (Lab.up()) {
            overSsh();
        } else {
            System.out.println("The lab is not up, so SSH was not measured.");
        }
    }

    private void local(ChildProgram echo) throws IOException, InterruptedException {
        URI echoAt = URI.create("http://127.0.0.1:" + echo.said().split(" ")[1] + "/");
        String body = request("");
        Load.Connector kafka = () -> new PingPong(system.kafka(), body.getBytes(StandardCharsets.UTF_8));
        Load.Connector bare = () -> new HttpConnection(echoAt, Map.of(), body, TOOL);
        Load.Connector real = () -> operation(body);

        Load.Connector programs = () -> new BareProcess(commands(body));

        try (echo) {
            warmUp(real);
            Measured hops = table.add(
                    "Kafka, two hops, one by one", Load.oneByOne(scale).on(kafka));
            table.add("REST echo over Kafka, one by one", Load.oneByOne(scale).on(bare));
            Measured read = table.add(
                    "Infrabridge, local read, one by one", Load.oneByOne(scale).on(real));
            table.add(
                    "the programs of that read alone, one by one",
                    Load.oneByOne(scale).on(programs));
            Measured bareMany = table.add(
                    "REST echo over Kafka, 64 at once", Load.atOnce(MANY, scale).on(bare));
            Measured many = table.add(
                    "Infrabridge, local read, 64 at once",
                    Load.atOnce(MANY, scale).on(real));
            table.add(
                    "the programs of that read alone, 8 at once",
                    Load.atOnce(8, scale).on(programs));
            showOneOperation();
            table.print();
            double ratio = read.p50() / hops.p50();
            Table.compare("p50 one by one, of the two hops", ratio, "times", "≤ 2", ratio <= 2);
            double share = 100 * many.perSecond() / bareMany.perSecond();
            Table.compare("throughput 64 at once, of the REST echo", share, "%", "≥ 60", share >= 60);
        }
    }

    /** Services on two cores need a minute of work until they are compiled; a system that serves agents is. */
    private void warmUp(Load.Connector real) throws IOException, InterruptedException {
        new Load(MANY, Duration.ofSeconds(Math.round(60 * Math.min(scale, 1))), Duration.ofSeconds(1)).on(real);
    }

    /** The same commands that the operation's own steps show, each on a channel of one kept session. */
    private void overSsh() throws IOException, InterruptedException {
        String body = request(",\"remote_target\":\"" + HOST + "\"");
        Host host = inventory().host(HOST).orElseThrow();
        List<String> commands = commands(body).stream()
                .map(words -> words.stream()
                        .map(word -> "'" + word.replace("'", "'\\''") + "'")
                        .collect(Collectors.joining(" ", "timeout -k 5 60 ", "")))
                .toList();
        Measured bare = table.add(
                "SSH, bare channel of a kept session, " + commands.size() + " commands",
                Load.oneByOne(scale).on(() -> new BareSsh(host, commands)));
        Measured read = table.add(
                "Infrabridge, read over SSH, one by one", Load.oneByOne(scale).on(() -> operation(body)));
        table.add(
                "Infrabridge, read over SSH, 64 at once",
                Load.atOnce(MANY, scale).on(() -> operation(body)));
        table.print();
        double more = read.p50() - bare.p50();
        Table.compare("p50 over SSH, above the bare channel", more, "ms", "≤ 5", more <= 5);
    }

    /** Where the time of one operation goes, by the operation's own account. */
    private void showOneOperation() {
        JsonNode operation = rest.call(TOOL, "{\"action\":\"list\"}").body();
        Instant created = Instant.parse(operation.path("created_at").asText());
        Instant started = Instant.parse(operation.path("started_at").asText());
        Instant finished = Instant.parse(operation.path("finished_at").asText());
        System.out.printf(
                "%nOne operation: %.2f ms from the gateway to its start, %.2f ms from there to its end, in which %s%n",
                Duration.between(created, started).toNanos() / 1e6,
                Duration.between(started, finished).toNanos() / 1e6,
                StreamSupport.stream(operation.path("steps").spliterator(), false)
                        .map(step -> step.path("command").path(0).asText() + " took "
                                + step.path("duration_ms").asText() + " ms")
                        .toList());
    }

    /** What the operation runs, by its own steps. */
    private List<List<String>> commands(String body) {
        List<List<String>> commands = new ArrayList<>();
        for (JsonNode step :
                rest.submit((ObjectNode) Json.parse(body), Map.of()).body().path("steps")) {
            List<String> words = new ArrayList<>();
            step.path("command").forEach(word -> words.add(word.asText()));
            commands.add(words);
        }
        return commands;
    }

    private HttpConnection operation(String body) throws IOException {
        return new HttpConnection(
                system.gateway().resolve("/api/v1/operations"),
                Map.of("Authorization", "Bearer " + system.adminKey()),
                body,
                "\"SUCCEEDED\"");
    }

    private static String request(String more) {
        return "{\"tool\":\"" + TOOL + "\",\"arguments\":{\"action\":\"list\"" + more + "}}";
    }

    private static Inventory inventory() {
        return Inventory.read(Lab.inventoryFile());
    }
}
