package io.infrabridge.server.firewall;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Locale;

/** What becomes of a packet: a denied one is dropped, a rejected one is answered. */
public enum RuleAction {
    @JsonProperty("allow")
    ALLOW,
    @JsonProperty("deny")
    DENY,
    @JsonProperty("reject")
    REJECT;

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
