package io.infrabridge.trust.policy;

import com.fasterxml.jackson.databind.JsonNode;
import io.infrabridge.contract.Category;
import io.infrabridge.contract.Risk;
import io.infrabridge.trust.ConfigurationFile;
import io.infrabridge.trust.InvalidConfiguration;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Roles and what they allow; what no role of the caller allows is refused. */
public final class Policy {
    private final List<Role> roles;
    private final List<ApprovalRule> approvals;

    private Policy(List<Role> roles, List<ApprovalRule> approvals) {
        this.roles = roles;
        this.approvals = approvals;
    }

    /** Throws {@link InvalidConfiguration}, which names the file and the place, for anything that is not a valid one. */
    public static Policy read(Path file) {
        try {
            return of(ConfigurationFile.read(file, JsonNode.class));
        } catch (InvalidConfiguration e) {
            String message = String.valueOf(e.getMessage());
            throw message.startsWith(file.toString()) ? e : new InvalidConfiguration(file + ": " + message, e);
        }
    }

    /** The same from the file's text. */
    public static Policy parse(String yaml) {
        return of(ConfigurationFile.parse(yaml));
    }

    private static Policy of(JsonNode tree) {
        Section file = new Section("", tree);
        List<Role> roles = file.list("roles", Role::read, Role::name);
        Set<String> names = roles.stream().map(Role::name).collect(Collectors.toUnmodifiableSet());
        List<ApprovalRule> approvals =
                file.list("approvals", section -> ApprovalRule.read(section, names), ApprovalRule::name);
        file.end();
        return new Policy(roles, approvals);
    }

    /** Reader, operator and admin: read, change, and everything; nothing waits for anybody. */
    public static Policy standard() {
        return new Policy(
                List.of(
                        Role.of("reader", EnumSet.of(Risk.READ)),
                        Role.of("operator", EnumSet.of(Risk.READ, Risk.CHANGE)),
                        Role.of("admin", EnumSet.allOf(Risk.class))),
                List.of());
    }

    public List<Role> roles() {
        return roles;
    }

    public Decision decide(Access access) {
        for (Role role : roles) {
            if (access.roles().contains(role.name()) && role.allows(access)) {
                return new Decision.Allowed("role:" + role.name(), approval(access));
            }
        }
        List<String> enough = roles.stream()
                .filter(role -> role.allows(access))
                .map(Role::name)
                .toList();
        return new Decision.Refused(
                "default-deny",
                Category.FORBIDDEN,
                "None of your roles " + new TreeSet<>(access.roles()) + " allows " + access.tool() + " "
                        + access.action() + " (" + access.risk() + ") on " + access.target() + ".",
                enough.isEmpty()
                        ? "No role of the policy allows it; ask an administrator."
                        : "One of these roles would: " + String.join(", ", enough) + ".");
    }

    private Optional<ApprovalRequirement> approval(Access access) {
        return approvals.stream()
                .filter(rule -> rule.scope().covers(access))
                .map(ApprovalRule::requirement)
                .findFirst();
    }
}
