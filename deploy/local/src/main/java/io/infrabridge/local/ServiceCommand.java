package io.infrabridge.local;

import java.nio.file.Path;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** How a process is started: its argv, which anybody on the machine may read, and its environment, which holds the secret. */
final class ServiceCommand {
    /** On the way of every command; they keep the optimising compiler, the others start faster without it. */
    private static final Set<Part> BUSY = EnumSet.of(Part.KAFKA, Part.AUDIT, Part.SERVER, Part.GATEWAY);

    private final Layout layout;
    private final Ports ports;
    private final Optional<String> traces;

    ServiceCommand(Layout layout, Ports ports, Optional<String> traces) {
        this.layout = layout;
        this.ports = ports;
        this.traces = traces;
    }

    ProcessBuilder broker() {
        return process(argv(
                Part.KAFKA,
                List.of(
                        "-cp",
                        System.getProperty("java.class.path"),
                        BrokerMain.class.getName(),
                        layout.kafka().toString(),
                        Ports.HOST,
                        Integer.toString(ports.of(Part.KAFKA)))));
    }

    ProcessBuilder service(Instance instance, EmbeddedDatabase database) {
        Part service = instance.part();
        ProcessBuilder builder = process(argv(
                service,
                List.of(
                        "-Djava.util.logging.manager=org.jboss.logmanager.LogManager",
                        "-jar",
                        layout.application(service).toString())));
        builder.environment().putAll(environment(instance));
        if (service == Part.AUDIT) {
            builder.environment()
                    .putAll(Map.of(
                            "QUARKUS_DATASOURCE_JDBC_URL", database.jdbcUrl(),
                            "QUARKUS_DATASOURCE_REACTIVE_URL", database.reactiveUrl(),
                            "QUARKUS_DATASOURCE_USERNAME", database.username(),
                            "QUARKUS_DATASOURCE_PASSWORD", database.password()));
        }
        return builder;
    }

    Map<String, String> environment(Instance instance) {
        Part service = instance.part();
        Map<String, String> environment = new LinkedHashMap<>();
        environment.put("KAFKA_BOOTSTRAP_SERVERS", ports.address(Part.KAFKA));
        environment.put("QUARKUS_BANNER_ENABLED", "false");
        environment.put("QUARKUS_HTTP_HOST", Ports.HOST);
        environment.put("QUARKUS_HTTP_PORT", Integer.toString(instance.port(ports)));
        environment.put("INFRABRIDGE_INVENTORY", layout.inventory().toString());
        environment.put("INFRABRIDGE_POLICY", layout.policy().toString());
        environment.put("INFRABRIDGE_TRUST", layout.trust().toString());
        environment.put("INFRABRIDGE_API_KEYS", layout.apiKeys().toString());
        environment.put(
                "INFRABRIDGE_SIGNING_KEY_FILE", layout.signingKey(service).toString());
        if (service == Part.GATEWAY) {
            environment.put("INFRABRIDGE_AUDIT_URL", ports.address(Part.AUDIT));
        }
        if (traces.isPresent()) {
            environment.put("QUARKUS_OTEL_EXPORTER_OTLP_ENDPOINT", traces.get());
        } else {
            // A blank endpoint means no exporter; without it Quarkus would send to localhost:4317. Trace ids stay.
            environment.put("QUARKUS_OTEL_EXPORTER_OTLP_ENDPOINT", " ");
        }
        return environment;
    }

    private static List<String> argv(Part part, List<String> program) {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        List<String> machine = BUSY.contains(part)
                ? List.of(java, "-XX:+UseSerialGC", "-Xmx512m")
                : List.of(java, "-XX:+UseSerialGC", "-Xmx256m");
        List<String> common = List.of("-Xshare:auto", "-XX:-UsePerfData", "-XX:+ExitOnOutOfMemoryError");
        return ProcessParent.argv(
                ProcessParent.ownSession(), ProcessParent.endsWithParent("TERM"), machine, common, program);
    }

    private ProcessBuilder process(List<String> argv) {
        return new ProcessBuilder(argv).directory(layout.data().toFile());
    }
}
