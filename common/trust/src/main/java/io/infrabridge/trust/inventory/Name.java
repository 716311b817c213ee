package io.infrabridge.trust.inventory;

import io.infrabridge.trust.InvalidConfiguration;
import java.util.regex.Pattern;

/** What the name of a host or cluster may look like: lower case, so that no two differ only in case. */
final class Name {
    private static final Pattern FORM = Pattern.compile("[a-z0-9][a-z0-9.-]{0,252}");

    private Name() {}

    static void check(String name, String what) {
        if (name == null || !FORM.matcher(name).matches()) {
            throw new InvalidConfiguration(what + " name must match " + FORM.pattern() + ": " + name);
        }
    }
}
