package io.infrabridge.audit;

import io.infrabridge.local.DatabaseSoftware;
import io.infrabridge.local.EmbeddedDatabase;
import io.infrabridge.local.Folders;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/** The PostgreSQL of these tests, which can be stopped and started again on the same port with the same data. */
final class AuditDatabase {
    private static final Path DATA = folder();

    private static EmbeddedDatabase running = start(0);
    private static boolean stopped;

    private AuditDatabase() {}

    static EmbeddedDatabase running() {
        if (stopped) {
            startAgain();
        }
        return running;
    }

    static void stop() {
        running.close();
        stopped = true;
    }

    static void startAgain() {
        running = start(URI.create(running.reactiveUrl()).getPort());
        stopped = false;
    }

    static void execute(String sql) throws SQLException {
        try (Connection connection = running.connect();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static EmbeddedDatabase start(int port) {
        try {
            DatabaseSoftware software = DatabaseSoftware.unpackedIn(Path.of("target", "postgresql"));
            return EmbeddedDatabase.start(DATA, software, DATA.resolve("postgresql.log"), port);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path folder() {
        try {
            Path folder = Files.createTempDirectory("infrabridge-audit-database");
            Runtime.getRuntime().addShutdownHook(new Thread(() -> remove(folder), "remove " + folder));
            return folder;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void remove(Path folder) {
        running.close();
        try {
            Folders.delete(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
