package io.infrabridge.server.system;

import com.fasterxml.jackson.databind.JsonNode;
import io.infrabridge.contract.Command;
import io.infrabridge.contract.Json;
import io.infrabridge.contract.State;
import io.infrabridge.runtime.execution.Ended;
import io.infrabridge.runtime.worker.Onlooker;
import io.infrabridge.trust.inventory.Inventory;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import jakarta.inject.Singleton;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What this worker knows of its servers in numbers: of each host what the last operation that tells it has told. Nothing is
 * asked of any host for it.
 */
@Singleton
final class ServerFigures implements Onlooker {
    private static final Set<State> FAILURES =
            EnumSet.of(State.FAILED, State.ROLLED_BACK, State.ROLLBACK_FAILED, State.TIMED_OUT, State.INDETERMINATE);

    /** An argument by which a list is only a part of what there is. */
    private static final String PART = "query";

    private final MeterRegistry metrics;
    private final Map<String, AtomicInteger> known = new ConcurrentHashMap<>();

    ServerFigures(MeterRegistry metrics, Inventory inventory) {
        this.metrics = metrics;
        Gauge.builder(
                        "infrabridge.servers.managed.servers",
                        inventory,
                        all -> all.hosts().size())
                .strongReference(true)
                .register(metrics);
        // there from the start, so that none is told from not yet any
        metrics.counter("infrabridge.servers.failed.operations");
    }

    @Override
    public void ended(Command command, Ended ended) {
        if (FAILURES.contains(ended.state())) {
            metrics.counter("infrabridge.servers.failed.operations").increment();
        }
        if (command.dryRun() || ended.output().isEmpty()) {
            return;
        }
        Record output = ended.output().get();
        if (command.action().equals("package.list") && !command.arguments().has(PART)) {
            told("infrabridge.servers.packages.installed", command.target(), output, "total");
        } else if (command.action().equals("system.metrics")) {
            told("infrabridge.servers.services.running", command.target(), output, "services_running");
        }
    }

    private void told(String figure, String host, Record output, String property) {
        JsonNode number = Json.tree(output).path(property);
        if (number.isIntegralNumber()) {
            known.computeIfAbsent(
                            figure + " " + host,
                            key -> metrics.gauge(figure, List.of(Tag.of("host", host)), new AtomicInteger()))
                    .set(number.asInt());
        }
    }
}
