package io.infrabridge.runtime.value;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** The name of a systemd unit, with or without its suffix; see systemd.unit(5). */
@Text(
        pattern = "^[a-zA-Z0-9][a-zA-Z0-9:_.@\\\\-]*$",
        longest = 255,
        expected = "a systemd unit name, beginning with a letter or digit",
        example = "nginx.service")
public record ServiceName(@JsonValue String value) {
    @JsonCreator
    public ServiceName {
        Form.check(ServiceName.class, value);
    }

    @Override
    public String toString() {
        return value;
    }
}
