package io.infrabridge.runtime.value;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Optional;

/** Where an NFS mount comes from, a server and a directory of it; see nfs(5). An IPv6 address stands in brackets. */
@Text(
        pattern = "^(" + Patterns.HOST + "|\\[" + Patterns.IPV6 + "\\]):/(" + Patterns.WORD_PART + "(/"
                + Patterns.WORD_PART + "){0,63}/?)?$",
        longest = 1024,
        expected = "a server and an absolute path without blanks and without . and .. parts, server:/path",
        example = "nas.example.com:/export/data")
public record NfsSource(@JsonValue String value) {
    @JsonCreator
    public NfsSource {
        Form.check(NfsSource.class, value);
    }

    /** What a host says, where a caller might have said it too. */
    public static Optional<NfsSource> seen(String text) {
        return Form.fits(NfsSource.class, text) ? Optional.of(new NfsSource(text)) : Optional.empty();
    }

    @Override
    public String toString() {
        return value;
    }
}
