package io.infrabridge.cluster.kubernetes;

import io.infrabridge.runtime.operation.ClusterFacts;
import io.infrabridge.runtime.operation.Output;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** Answers that a Kubernetes 1.20.2 API server gave, captured from the control plane of deploy/lab/kubernetes. */
final class Captured {
    static final ClusterFacts CLUSTER = new ClusterFacts("lab", "https://127.0.0.18:6443/", "production");

    private Captured() {}

    static Output ok(String file) {
        return answer(200, file);
    }

    static Output answer(int status, String file) {
        return new Output(status, text(file), "", false);
    }

    static String text(String file) {
        try (InputStream stream = Captured.class.getResourceAsStream(file)) {
            if (stream == null) {
                throw new IllegalArgumentException("no resource " + file);
            }
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
