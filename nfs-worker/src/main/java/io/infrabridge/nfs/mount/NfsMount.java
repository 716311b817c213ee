package io.infrabridge.nfs.mount;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * One mounted share.
 *
 * @param version the protocol's version, as the kernel negotiated it
 * @param options as they are in force, which is more than was asked for
 */
public record NfsMount(String source, String target, Optional<String> version, List<String> options) {
    public NfsMount {
        options = List.copyOf(options);
    }

    static NfsMount of(MountTable.Entry entry) {
        List<String> options = Arrays.asList(entry.options().split(","));
        return new NfsMount(
                entry.source(),
                entry.target(),
                options.stream()
                        .filter(option -> option.startsWith("vers="))
                        .findFirst()
                        .map(option -> option.substring("vers=".length())),
                options);
    }

    boolean comesFrom(String other) {
        return withoutSlash(source).equals(withoutSlash(other));
    }

    private static String withoutSlash(String source) {
        return source.endsWith("/") && !source.endsWith(":/") ? source.substring(0, source.length() - 1) : source;
    }
}
