package io.infrabridge.server.packages;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Whether a package is there. */
enum PackageState {
    @JsonProperty("installed")
    INSTALLED,
    @JsonProperty("absent")
    ABSENT
}
