package io.infrabridge.server.service;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Locale;
import java.util.Optional;

/** How important a line of a log is, the most important first, numbered as there; see syslog(3). */
enum LogLevel {
    @JsonProperty("emerg")
    EMERG,
    @JsonProperty("alert")
    ALERT,
    @JsonProperty("crit")
    CRIT,
    @JsonProperty("err")
    ERR,
    @JsonProperty("warning")
    WARNING,
    @JsonProperty("notice")
    NOTICE,
    @JsonProperty("info")
    INFO,
    @JsonProperty("debug")
    DEBUG;

    static Optional<LogLevel> numbered(String digit) {
        return digit.matches("[0-7]") ? Optional.of(values()[digit.charAt(0) - '0']) : Optional.empty();
    }

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
