package io.infrabridge.runtime.execution.ssh;

import io.infrabridge.runtime.execution.Cancellation;
import io.infrabridge.runtime.execution.ExecutionFailure;
import io.infrabridge.runtime.execution.HostHealth;
import io.infrabridge.runtime.execution.HostLink;
import io.infrabridge.runtime.execution.SecurityEvents;
import io.infrabridge.runtime.operation.Output;
import io.infrabridge.runtime.operation.Run;
import io.infrabridge.trust.inventory.Host;
import io.infrabridge.trust.inventory.Inventory;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.trace.Tracer;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;

/** The SSH side of a worker, put together by hand. */
final class SshFixture implements AutoCloseable {
    static final Duration PATIENCE = Duration.ofSeconds(40);

    final Inventory inventory;
    final SshSessions sessions;
    final SshLinks links;
    final Tunnels tunnels;
    final List<SecurityEvents.Sighting> sightings = new CopyOnWriteArrayList<>();
    /** What was told of hosts' health: the name and why it is left alone, or the name alone when it answers again. */
    final List<String> health = new CopyOnWriteArrayList<>();

    private final SharedClient client;

    SshFixture(List<Host> hosts, Map<String, String> settings) {
        this(hosts, settings, OpenTelemetry.noop().getTracer("test"));
    }

    SshFixture(List<Host> hosts, Map<String, String> settings, Tracer tracer) {
        SshSettings mapped = settings(settings);
        SshTrace trace = new SshTrace(tracer);
        inventory = new Inventory(hosts, List.of());
        client = new SharedClient(mapped);
        Witnesses witnesses = new Witnesses(trace, (seen, context) -> sightings.add(seen), new Health());
        sessions = new SshSessions(inventory, mapped, client, witnesses);
        links = new SshLinks(sessions, client, mapped, trace);
        tunnels = new Tunnels(inventory, sessions);
    }

    static SshFixture of(Host... hosts) {
        return new SshFixture(List.of(hosts), Map.of());
    }

    static SshSettings settings(Map<String, String> values) {
        return new SmallRyeConfigBuilder()
                .withMapping(SshSettings.class)
                .withSources(new PropertiesConfigSource(values, "test", 100))
                .build()
                .getConfigMapping(SshSettings.class);
    }

    HostLink link(String name) {
        return links.to(inventory.host(name).orElseThrow());
    }

    Output run(String host, Run step) {
        return link(host).run(step, true, Cancellation.never()).await().atMost(PATIENCE);
    }

    CompletableFuture<Output> begin(String host, Run step, Cancellation cancellation) {
        return link(host).run(step, true, cancellation).subscribeAsCompletionStage();
    }

    ExecutionFailure failure(String host, Run step) {
        return failure(begin(host, step, Cancellation.never()));
    }

    static ExecutionFailure failure(CompletableFuture<Output> running) {
        try {
            Output output = running.get(PATIENCE.toSeconds(), java.util.concurrent.TimeUnit.SECONDS);
            throw new AssertionError("no failure but " + output);
        } catch (java.util.concurrent.ExecutionException e) {
            return (ExecutionFailure) e.getCause();
        } catch (InterruptedException | java.util.concurrent.TimeoutException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() {
        client.close();
    }

    private final class Health implements HostHealth {
        @Override
        public void givenUp(Host host, String why) {
            health.add(host.name() + ": " + why);
        }

        @Override
        public void answersAgain(Host host) {
            health.add(host.name());
        }
    }
}
