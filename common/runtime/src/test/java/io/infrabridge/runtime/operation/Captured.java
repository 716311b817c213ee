package io.infrabridge.runtime.operation;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** Output of real programs, kept in {@code captured/<program>-<case>.txt}. */
public final class Captured {
    private Captured() {}

    public static Output output(String name) {
        return Output.of(text(name));
    }

    /** Where the captured text is what the program wrote to standard error. */
    public static Output error(int status, String name) {
        return Output.failed(status, text(name));
    }

    public static String text(String name) {
        try (InputStream file = Captured.class.getResourceAsStream("/captured/" + name + ".txt")) {
            if (file == null) {
                throw new IllegalArgumentException("nothing captured: " + name);
            }
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
