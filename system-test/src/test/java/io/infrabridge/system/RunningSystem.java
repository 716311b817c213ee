package io.infrabridge.system;

import io.infrabridge.system.hostile.Witness;
import io.infrabridge.system.trace.Spans;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Starts the system before the first test class that wants it, and stops it after the last one. */
public final class RunningSystem implements BeforeAllCallback, ParameterResolver {
    /** A service that may publish commands for anybody in any role. */
    public static final String ANYBODY = "any-roles-service";

    /** A service that may publish commands for readers only. */
    public static final String READERS = "readers-service";

    private static final ExtensionContext.Namespace NAMESPACE = ExtensionContext.Namespace.create(RunningSystem.class);

    /** What runs, and what hears its traces; closed by JUnit when all tests are done. */
    private record Shared(LocalSystem system, Spans spans, Witness witness) implements AutoCloseable {
        static Shared start() {
            try {
                Path folder = Checkout.root().resolve("system-test/target/system");
                Folders.delete(folder);
                Files.createDirectories(folder);
                Spans spans = Spans.listen();
                Witness witness = Witness.start(folder.resolve("witness"));
                LocalSystem system = LocalSystem.start(
                        folder,
                        Map.of(
                                "OTEL_EXPORTER_OTLP_ENDPOINT", spans.endpoint(),
                                "QUARKUS_OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf",
                                "QUARKUS_OTEL_BSP_SCHEDULE_DELAY", "200ms"),
                        withHost(witness),
                        Map.of(ANYBODY, List.of("admin", "operator", "reader"), READERS, List.of("reader")));
                return new Shared(system, spans, witness);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public void close() throws Exception {
            system.close();
            spans.close();
            witness.close();
        }

        private static String withHost(Witness witness) {
            return Lab.inventory().replaceFirst("hosts:( \\[\\])?\n", "hosts:\n" + witness.inventoryEntry());
        }
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        shared(context);
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return Stream.of(LocalSystem.class, Rest.class, Spans.class, Clients.class, Witness.class)
                .anyMatch(type -> type == parameter.getParameter().getType());
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        Class<?> type = parameter.getParameter().getType();
        Shared shared = shared(context);
        LocalSystem system = shared.system();
        if (type == LocalSystem.class) {
            return system;
        }
        if (type == Spans.class) {
            return shared.spans();
        }
        if (type == Witness.class) {
            return shared.witness();
        }
        return type == Rest.class
                ? new Rest(system.gateway(), system.adminKey(), Matrix.OF_THIS_RUN::saw)
                : new Clients(system);
    }

    private static Shared shared(ExtensionContext context) {
        ExtensionContext.Store store = context.getRoot().getStore(NAMESPACE);
        return store.computeIfAbsent(Attempt.class, type -> Attempt.start(), Attempt.class)
                .shared();
    }

    /** The one start for all tests; what does not start once is not started again for each of them. */
    private record Attempt(Optional<Shared> started, Optional<Throwable> failure) implements AutoCloseable {
        static Attempt start() {
            try {
                return new Attempt(Optional.of(Shared.start()), Optional.empty());
            } catch (RuntimeException | AssertionError e) {
                return new Attempt(Optional.empty(), Optional.of(e));
            }
        }

        Shared shared() {
            return started.orElseThrow(() -> new IllegalStateException(
                    "the system did not start: " + failure.orElseThrow().getMessage(), failure.orElseThrow()));
        }

        @Override
        public void close() throws Exception {
            if (started.isPresent()) {
                started.get().close();
            }
        }
    }
}
