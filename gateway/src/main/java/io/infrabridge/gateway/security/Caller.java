package io.infrabridge.gateway.security;

import io.quarkus.security.identity.SecurityIdentity;
import java.util.Set;

/** Who asks, as it is written into the command. */
public record Caller(String name, Set<String> roles) {
    public Caller {
        roles = Set.copyOf(roles);
    }

    public static Caller of(SecurityIdentity identity) {
        return new Caller(identity.getPrincipal().getName(), identity.getRoles());
    }
}
