package io.infrabridge.trust.policy;

import io.infrabridge.contract.Risk;
import io.infrabridge.trust.ConfigurationFile;
import io.infrabridge.trust.InvalidConfiguration;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Roles and what they allow; what no role of the caller allows is refused. */
public record Policy(List<Role> roles) {
    public Policy {
        roles = roles == null ? List.of() : List.copyOf(roles);
        Set<String> names = new HashSet<>();
        roles.forEach(role -> {
            if (!names.add(role.name())) {
                throw new InvalidConfiguration("two roles with the name " + role.name());
            }
        });
    }

    public static Policy read(Path file) {
        return ConfigurationFile.read(file, Policy.class);
    }

    /** Reader, operator and admin: read, change, and everything. */
    public static Policy standard() {
        return new Policy(List.of(
                new Role("reader", Set.of(Risk.READ), List.of("*"), List.of("*")),
                new Role("operator", Set.of(Risk.READ, Risk.CHANGE), List.of("*"), List.of("*")),
                new Role("admin", Set.of(Risk.values()), List.of("*"), List.of("*"))));
    }

    public Decision decide(Access access) {
        for (Role role : roles) {
            if (access.roles().contains(role.name()) && role.allows(access)) {
                return new Decision.Allowed("role:" + role.name());
            }
        }
        List<String> enough = roles.stream()
                .filter(role -> role.allows(access))
                .map(Role::name)
                .toList();
        return new Decision.Refused(
                "default-deny",
                "None of your roles " + new TreeSet<>(access.roles()) + " allows " + access.tool() + " "
                        + access.action() + " (" + access.risk() + ") on " + access.target() + ".",
                enough.isEmpty()
                        ? "No role of the policy allows it; ask an administrator."
                        : "One of these roles would: " + String.join(", ", enough) + ".");
    }
}
