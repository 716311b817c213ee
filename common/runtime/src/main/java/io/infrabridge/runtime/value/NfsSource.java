package io.infrabridge.runtime.value;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** Where an NFS mount comes from; see nfs(5). */
@Text(
        pattern = "^([a-zA-Z0-9]([a-zA-Z0-9.-]*[a-zA-Z0-9])?|\\[[0-9a-fA-F:]+\\]):/[^\\u0000-\\u001f\\u007f\\s]*$",
        longest = 4096,
        expected = "a server and an absolute path, server:/path",
        example = "nas.example.com:/export/data")
public record NfsSource(@JsonValue String value) {
    @JsonCreator
    public NfsSource {
        Form.check(NfsSource.class, value);
    }

    @Override
    public String toString() {
        return value;
    }
}
