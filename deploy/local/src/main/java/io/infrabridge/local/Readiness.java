package io.infrabridge.local;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Waits until processes answer, unless one of them ends or the deadline passes. */
final class Readiness {
    private static final Duration BETWEEN = Duration.ofMillis(100);

    private final Ports ports;
    private final Duration limit;
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(1)).build();

    Readiness(Ports ports, Duration limit) {
        this.ports = ports;
        this.limit = limit;
    }

    void awaitPort(Child child) throws InterruptedException {
        await(List.of(child), this::refusedConnection, ready -> {});
    }

    /** Tells each service as it becomes ready, in the order in which they do. */
    void awaitHealth(List<Child> services, Consumer<Instance> ready) throws InterruptedException {
        await(services, this::unhealthy, ready);
    }

    private void await(List<Child> children, Probe probe, Consumer<Instance> ready) throws InterruptedException {
        Instant deadline = Instant.now().plus(limit);
        List<Child> pending = new ArrayList<>(children);
        while (!pending.isEmpty()) {
            for (Child child : List.copyOf(pending)) {
                Optional<String> missing = probe.missing(child.instance());
                if (missing.isEmpty()) {
                    pending.remove(child);
                    ready.accept(child.instance());
                } else if (child.process().waitFor(BETWEEN.toMillis() / pending.size(), TimeUnit.MILLISECONDS)) {
                    throw child.ended();
                } else if (Instant.now().isAfter(deadline)) {
                    throw child.failure("is not ready after %d s: %s".formatted(limit.toSeconds(), missing.get()));
                }
            }
        }
    }

    private Optional<String> refusedConnection(Instance instance) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(Ports.HOST, instance.port(ports)), 1000);
            return Optional.empty();
        } catch (IOException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }

    private Optional<String> unhealthy(Instance service) throws InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(ports.address(service) + "/q/health/ready"))
                .timeout(Duration.ofSeconds(2))
                .build();
        try {
            HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
            return response.statusCode() == 200
                    ? Optional.empty()
                    : Optional.of(response.statusCode() + " " + response.body());
        } catch (IOException e) {
            return Optional.of("no answer from " + request.uri());
        }
    }

    /** What keeps a part from being ready; nothing when it is. */
    private interface Probe {
        Optional<String> missing(Instance instance) throws InterruptedException;
    }
}
