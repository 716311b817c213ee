package io.infrabridge.testkit;

import io.infrabridge.local.DatabaseSoftware;
import io.infrabridge.local.EmbeddedDatabase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/** The one real PostgreSQL of this JVM, started at first use on a free port with an empty database. */
public final class TestDatabase {
    private TestDatabase() {}

    public static EmbeddedDatabase shared() {
        return Shared.DATABASE;
    }

    /** Drops every table, for a test that begins with an empty database. */
    public static void clear() throws SQLException {
        try (Connection connection = shared().connect();
                Statement statement = connection.createStatement()) {
            statement.execute("drop schema public cascade");
            statement.execute("create schema public");
        }
    }

    private static EmbeddedDatabase start() {
        try {
            Path data = Files.createTempDirectory("infrabridge-database");
            // The build folder of the module under test: unpacked once, removed by a clean build.
            DatabaseSoftware software = DatabaseSoftware.unpackedIn(Path.of("target", "postgresql"));
            EmbeddedDatabase database = EmbeddedDatabase.startDisposable(data, software);
            AtExit.close(database, data);
            return database;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static final class Shared {
        static final EmbeddedDatabase DATABASE = start();
    }
}
