package io.infrabridge.audit;

import io.infrabridge.local.DatabaseSoftware;
import io.infrabridge.local.EmbeddedDatabase;
import io.infrabridge.local.Folders;
import io.infrabridge.testkit.net.Signals;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

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

    /** As if its machine had lost power. */
    static void kill() {
        Signals.kill(postmaster());
        stopped = true;
    }

    /** It takes connections and says nothing. */
    static void freeze() {
        Signals.freeze(postmaster());
    }

    static void thaw() {
        Signals.thaw(postmaster());
    }

    private static ProcessHandle postmaster() {
        try {
            long pid = Long.parseLong(Files.readAllLines(DATA.resolve("cluster/postmaster.pid"))
                    .get(0)
                    .strip());
            return ProcessHandle.of(pid).orElseThrow();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static void execute(String sql) throws SQLException {
        try (Connection connection = running.connect();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** Every row as text by its columns' names. */
    static List<Map<String, String>> rows(String sql) throws SQLException {
        try (Connection connection = running.connect();
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            List<Map<String, String>> rows = new ArrayList<>();
            while (result.next()) {
                Map<String, String> row = new LinkedHashMap<>();
                for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
                    row.put(result.getMetaData().getColumnName(i), String.valueOf(result.getString(i)));
                }
                rows.add(row);
            }
            return rows;
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
