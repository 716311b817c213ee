package io.infrabridge.server.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.databind.JsonNode;
import io.infrabridge.contract.Command;
import io.infrabridge.contract.Json;
import io.infrabridge.contract.State;
import io.infrabridge.runtime.execution.Ended;
import io.infrabridge.trust.inventory.Host;
import io.infrabridge.trust.inventory.Inventory;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.prometheus.PrometheusConfig;
import io.micrometer.prometheus.PrometheusMeterRegistry;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class ServerFiguresTest {
    private final PrometheusMeterRegistry metrics = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final ServerFigures figures =
            new ServerFigures(metrics, new Inventory(List.of(host("app1"), host("app2")), List.of()));

    @Test
    void countsTheHostsOfTheInventory() {
        assertThat(metrics.scrape())
                .contains("infrabridge_servers_managed_servers 2.0")
                .contains("infrabridge_servers_failed_operations_total 0.0");
    }

    @Test
    void countsWhatFailed() {
        for (State state : List.of(
                State.FAILED,
                State.ROLLED_BACK,
                State.ROLLBACK_FAILED,
                State.TIMED_OUT,
                State.INDETERMINATE,
                State.SUCCEEDED,
                State.REJECTED,
                State.CANCELLED)) {
            figures.ended(command("service.start", "{}", false), ended(state, Optional.empty()));
        }
        assertThat(metrics.scrape()).contains("infrabridge_servers_failed_operations_total 5.0");
    }

    @Test
    void keepsWhatWasToldLastOfEachHost() {
        figures.ended(command("package.list", "{}", false), told("total", 301));
        figures.ended(command("package.list", "{}", false), told("total", 300));
        figures.ended(command("system.metrics", "{}", false), told("services_running", 8));
        assertThat(metrics.scrape())
                .contains("infrabridge_servers_packages_installed{host=\"app1\",} 300.0")
                .contains("infrabridge_servers_services_running{host=\"app1\",} 8.0");
    }

    @Test
    void takesNoPartForTheWholeAndNothingForANumber() {
        figures.ended(command("package.list", "{\"query\":\"nginx\"}", false), told("total", 3));
        figures.ended(command("package.list", "{}", true), told("total", 3));
        figures.ended(command("package.list", "{}", false), ended(State.FAILED, Optional.empty()));
        figures.ended(command("system.metrics", "{}", false), told("processes", 8));
        figures.ended(command("service.status", "{}", false), told("total", 8));
        assertThat(metrics.find("infrabridge.servers.packages.installed").gauges())
                .isEmpty();
        assertThat(metrics.find("infrabridge.servers.services.running").gauges())
                .extracting(Gauge::value)
                .isEmpty();
    }

    private static Ended told(String name, int number) {
        return ended(State.SUCCEEDED, Optional.of(new Told(Json.object().put(name, number))));
    }

    private static Ended ended(State state, Optional<Record> output) {
        return new Ended(state, false, output, Optional.empty(), List.of(), Optional.empty());
    }

    private static Command command(String action, String arguments, boolean dryRun) {
        return new Command(
                "o1",
                "gateway",
                "server_manage",
                action,
                Json.parse(arguments),
                "app1",
                "key:test",
                Set.of("operator"),
                Optional.empty(),
                Optional.empty(),
                dryRun,
                Instant.now(),
                Instant.now().plusSeconds(60),
                Optional.empty());
    }

    private static Host host(String name) {
        return new Host(
                name,
                List.of(name + ".example.com"),
                Optional.empty(),
                "infra",
                Path.of("/nonexistent/key"),
                Path.of("/nonexistent/known_hosts"),
                Optional.empty(),
                Optional.empty(),
                Map.of());
    }

    /** An output with whatever is in it. */
    private record Told(@JsonValue JsonNode all) {}
}
