package io.infrabridge.nfs.mount;

import io.infrabridge.runtime.value.MountOption;
import io.infrabridge.runtime.value.NfsSource;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * One mounted share.
 *
 * @param version the protocol's version, as the kernel negotiated it
 * @param options as they are in force, which is more than was asked for
 */
public record NfsMount(String source, String target, Optional<String> version, List<String> options) {
    private static final Pattern VERSION = Pattern.compile("vers=[34](\\.[0-9])?");

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

    /**
     * What would mount it again; absent where its source could not be named by a caller. What the kernel adds by itself, such
     * as {@code addr}, is left out: it adds it again.
     */
    Optional<Again> mountedAgain() {
        String given = options.stream()
                .filter(option -> VERSION.matcher(option).matches()
                        || MountOption.seen(option).isPresent())
                .collect(Collectors.joining(","));
        return NfsSource.seen(source).map(from -> new Again(from, given));
    }

    boolean comesFrom(String other) {
        return withoutSlash(source).equals(withoutSlash(other));
    }

    private static String withoutSlash(String source) {
        return source.endsWith("/") && !source.endsWith(":/") ? source.substring(0, source.length() - 1) : source;
    }

    /** A source and the options to mount it with. */
    record Again(NfsSource source, String options) {}
}
