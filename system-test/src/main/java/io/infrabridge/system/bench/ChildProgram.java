package io.infrabridge.system.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** A process of the benchmark's own that says when it is ready. */
record ChildProgram(Process process, String said) implements AutoCloseable {
    static ChildProgram start(List<String> argv) throws IOException {
        Process process = new ProcessBuilder(argv)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        BufferedReader output =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        for (String line = output.readLine(); line != null; line = output.readLine()) {
            if (line.startsWith("ready")) {
                return new ChildProgram(process, line);
            }
        }
        throw new IOException("ended before it was ready: " + argv);
    }

    @Override
    public void close() {
        process.destroy();
    }
}
