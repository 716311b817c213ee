package io.infrabridge.server.firewall;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Locale;

/** Seen from the server. */
public enum RuleDirection {
    @JsonProperty("in")
    IN,
    @JsonProperty("out")
    OUT;

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
