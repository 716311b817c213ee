package io.infrabridge.server.firewall;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Locale;

/** What a rule is about: with a port, any is both TCP and UDP; without one, every protocol. */
public enum RuleProtocol {
    @JsonProperty("tcp")
    TCP,
    @JsonProperty("udp")
    UDP,
    @JsonProperty("any")
    ANY;

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
