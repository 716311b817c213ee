package io.infrabridge.testkit;

import io.infrabridge.local.Folders;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;

/** Stops a shared server when the JVM ends and removes its data. */
final class AtExit {
    private AtExit() {}

    static void close(AutoCloseable server, Path data) {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> closeNow(server, data), "close " + data.getFileName()));
    }

    private static void closeNow(AutoCloseable server, Path data) {
        try {
            server.close();
            Folders.delete(data);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
