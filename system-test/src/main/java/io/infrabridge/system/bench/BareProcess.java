package io.infrabridge.system.bench;

import java.io.IOException;
import java.util.List;

/** Starts the same programs as an operation on this machine, one after the other, and nothing else. */
record BareProcess(List<List<String>> commands) implements Load.Connection {
    @Override
    public void roundTrip() throws IOException, InterruptedException {
        for (List<String> command : commands) {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            process.getInputStream().readAllBytes();
            process.waitFor();
        }
    }

    @Override
    public void close() {
        // nothing is kept
    }
}
