package io.infrabridge.audit;

import io.infrabridge.local.EmbeddedDatabase;
import io.infrabridge.testkit.TestBroker;
import io.infrabridge.trust.ConfigurationFile;
import io.infrabridge.trust.signature.TrustFile;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** Gives the service its broker, its database and the file of trusted keys. */
public final class AuditServers implements QuarkusTestResourceLifecycleManager {
    /** Set to let the service start while its database is still away. */
    static final String LATE = "late";

    private boolean late;

    @Override
    public void init(Map<String, String> arguments) {
        late = arguments.containsKey(LATE);
    }

    @Override
    public Map<String, String> start() {
        EmbeddedDatabase database = AuditDatabase.running();
        if (late) {
            AuditDatabase.stop();
        }
        return Map.of(
                "kafka.bootstrap.servers", TestBroker.bootstrapServers(),
                "quarkus.datasource.jdbc.url", database.jdbcUrl(),
                "quarkus.datasource.reactive.url", database.reactiveUrl(),
                "quarkus.datasource.username", database.username(),
                "quarkus.datasource.password", database.password(),
                "infrabridge.audit.checkpoint-every", "PT0.2S",
                "infrabridge.signing.key-file", signingKey().toString(),
                "infrabridge.trust", trust().toString());
    }

    /** The broker is shared and ends with this JVM. */
    @Override
    public void stop() {
        AuditDatabase.stop();
    }

    private static Path signingKey() {
        try {
            Path file = Files.createTempFile("audit-service", ".key");
            Sender.AUDIT_KEY.write(file);
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path trust() {
        try {
            Path file = Files.createTempFile("trust", ".yaml");
            ConfigurationFile.write(file, new TrustFile(Sender.TRUSTED));
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
