package io.infrabridge.local;

import java.nio.file.Path;
import java.util.Locale;

/** Where everything lies: the built project, the data folder and the configuration folder. */
record Layout(Path root, Path data, Path config) {
    Layout {
        root = root.toAbsolutePath().normalize();
        data = data.toAbsolutePath().normalize();
        config = config.toAbsolutePath().normalize();
    }

    Path adminKey() {
        return data.resolve("admin.key");
    }

    Path apiKeys() {
        return data.resolve("api-keys.yaml");
    }

    Path trust() {
        return data.resolve("trust.yaml");
    }

    /** What audit exports are verified with. */
    Path checkpointKey() {
        return data.resolve("checkpoint.pub");
    }

    Path signingKeys() {
        return data.resolve("keys");
    }

    Path signingKey(Part service) {
        return signingKeys().resolve(service.title() + ".key");
    }

    Path inventory() {
        return config.resolve("inventory.yaml");
    }

    Path policy() {
        return config.resolve("policy.yaml");
    }

    Path logs() {
        return data.resolve("logs");
    }

    Path log(Instance instance) {
        return logs().resolve(instance.title().toLowerCase(Locale.ROOT) + ".log");
    }

    Path kafka() {
        return data.resolve("kafka");
    }

    Path database() {
        return data.resolve("postgresql");
    }

    Path application(Part service) {
        return root.resolve(service.title()).resolve("target/quarkus-app/quarkus-run.jar");
    }
}
