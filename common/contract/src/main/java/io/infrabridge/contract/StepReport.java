package io.infrabridge.contract;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Optional;

/**
 * One step as it ran, or as it would run.
 *
 * @param phase what it was run for
 * @param command the exact argument vector without privilege or time-limit prefixes, or method, path and body of an API request
 * @param exitCode exit status of the process or status of the API answer; absent where it did not run to its end, or where
 *     a worker ran it that died afterwards
 * @param undo the argument vectors that would take this step back
 * @param sudo why the step runs as root, where it does
 */
public record StepReport(
        Phase phase,
        String description,
        List<String> command,
        Optional<Integer> exitCode,
        Optional<Long> durationMs,
        boolean undone,
        List<List<String>> undo,
        Optional<String> sudo) {
    public StepReport {
        Require.present(phase, "phase");
        Require.text(description, "description", 1000);
        command = Require.list(command);
        undo = Require.list(undo);
    }

    /** What a step is run for. */
    public enum Phase {
        @JsonProperty("probe")
        PROBE,
        @JsonProperty("change")
        CHANGE,
        @JsonProperty("verify")
        VERIFY,
        @JsonProperty("undo")
        UNDO
    }
}
