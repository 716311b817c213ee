package io.infrabridge.contract;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.regex.Pattern;

/**
 * A field of work with its own worker and topics, such as {@code nfs}; an open set, because a new domain is a new worker
 * that nobody else has to know.
 */
public record Domain(@JsonValue String name) implements Comparable<Domain> {
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]{0,30}");

    public Domain {
        Require.present(name, "domain");
        if (!NAME.matcher(name).matches()) {
            throw new InvalidContract("domain", "must match " + NAME.pattern());
        }
    }

    @JsonCreator
    public static Domain of(String name) {
        return new Domain(name);
    }

    @Override
    public int compareTo(Domain other) {
        return name.compareTo(other.name);
    }

    @Override
    public String toString() {
        return name;
    }
}
