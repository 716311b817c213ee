package io.infrabridge.nfs.mount;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Optional;

/** A version of the protocol; see nfs(5). */
public enum NfsVersion {
    @JsonProperty("3")
    V3("3"),
    @JsonProperty("4")
    V4("4"),
    @JsonProperty("4.1")
    V4_1("4.1"),
    @JsonProperty("4.2")
    V4_2("4.2");

    private final String number;

    NfsVersion(String number) {
        this.number = number;
    }

    public String number() {
        return number;
    }

    /** Whether a mount at this version is what was asked for: 4 leaves the minor version to client and server. */
    boolean includes(Optional<String> mounted) {
        return mounted.map(version -> version.equals(number) || this == V4 && version.startsWith("4."))
                .orElse(false);
    }
}
