package io.infrabridge.verifier;

import java.util.Optional;

/**
 * Which part of the trail is checked, and so what may rightly be absent.
 *
 * @param chain the only chain that is looked at; absent for all
 * @param fromStart whether it begins with the first record
 * @param toEnd whether it goes on to the last one
 */
public record Scope(Optional<String> chain, boolean fromStart, boolean toEnd) {
    public static Scope everything() {
        return new Scope(Optional.empty(), true, true);
    }

    boolean covers(String name) {
        return chain.isEmpty() || chain.get().equals(name);
    }
}
