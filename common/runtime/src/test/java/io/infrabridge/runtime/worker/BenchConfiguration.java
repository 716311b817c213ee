package io.infrabridge.runtime.worker;

import io.infrabridge.contract.Domain;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** The configuration of a worker whose files are in one folder. */
record BenchConfiguration(Path folder, Domain of, String instance, Duration drain)
        implements WorkerConfiguration, WorkerConfiguration.Worker {
    @Override
    public Path inventory() {
        return folder.resolve("inventory.yaml");
    }

    @Override
    public Path policy() {
        return folder.resolve("policy.yaml");
    }

    @Override
    public Path trust() {
        return folder.resolve("trust.yaml");
    }

    @Override
    public Path signingKeyFile() {
        return folder.resolve("worker.key");
    }

    @Override
    public Optional<String> signingKeyId() {
        return Optional.empty();
    }

    @Override
    public WorkerConfiguration.Worker worker() {
        return this;
    }

    @Override
    public String domain() {
        return of.name();
    }

    @Override
    public Optional<String> name() {
        return Optional.of(instance);
    }

    @Override
    public int inFlight() {
        return 64;
    }

    @Override
    public int readsPerTarget() {
        return 4;
    }

    @Override
    public int waitingPerTarget() {
        return 48;
    }

    @Override
    public Duration longestDeadline() {
        return Duration.ofHours(24);
    }

    @Override
    public Duration session() {
        return Duration.ofSeconds(15);
    }
}
