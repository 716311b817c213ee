package io.infrabridge.contract;

import java.util.Optional;

/** Where and as whom an operation ran. */
public record Execution(
        Mode mode,
        String target,
        Optional<String> user,
        Optional<String> distro,
        boolean sudoRequired,
        Optional<String> sshConnectionId) {
    public Execution {
        Require.present(mode, "mode");
        Require.name(target, "target");
    }

    /** Whether the worker ran it on its own machine or reached out for it. */
    public enum Mode {
        @com.fasterxml.jackson.annotation.JsonProperty("local")
        LOCAL,
        @com.fasterxml.jackson.annotation.JsonProperty("remote")
        REMOTE
    }
}
