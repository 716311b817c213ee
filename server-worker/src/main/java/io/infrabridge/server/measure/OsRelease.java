package io.infrabridge.server.measure;

import io.infrabridge.runtime.operation.Distro;
import io.infrabridge.runtime.operation.Output;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Which distribution a server runs, in its own words; see os-release(5). */
public record OsRelease(Map<String, String> variables) {
    private static final Pattern VARIABLE =
            Pattern.compile("(?m)^([A-Z][A-Z0-9_]{0,60})=[\"']?([^\"'\\n\\r]{0,200})[\"']?\\r?$");

    public OsRelease {
        variables = Map.copyOf(variables);
    }

    public static OsRelease parse(Output file) {
        Map<String, String> found = new HashMap<>();
        Matcher variable = VARIABLE.matcher(file.text());
        while (variable.find()) {
            found.put(variable.group(1), variable.group(2).strip());
        }
        return new OsRelease(found);
    }

    public Optional<String> prettyName() {
        return value("PRETTY_NAME");
    }

    public Optional<String> id() {
        return value("ID");
    }

    public Optional<String> version() {
        return value("VERSION_ID");
    }

    public Distro family() {
        return Distro.of(value("ID").orElse(""), value("ID_LIKE").orElse(""));
    }

    private Optional<String> value(String name) {
        return Optional.ofNullable(variables.get(name)).filter(value -> !value.isEmpty());
    }
}
