package io.infrabridge.trust.policy;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a policy file says. */
record Rules(
        List<Role> roles,
        List<Deny> denials,
        List<Freeze> freezes,
        ChangeWindows windows,
        List<ApprovalRule> approvals,
        List<AllowanceRule> allowances) {
    static Rules read(JsonNode tree) {
        Section file = new Section("", tree);
        if (!file.has("roles")) {
            throw file.missing("roles");
        }
        List<Role> roles = file.rules("roles", Role::read, Role::name);
        Set<String> names = roles.stream().map(Role::name).collect(Collectors.toUnmodifiableSet());
        Rules rules = new Rules(
                roles,
                file.rules("deny", section -> Deny.read(section, names), Deny::name),
                file.rules("freezes", section -> Freeze.read(section, names), Freeze::name),
                new ChangeWindows(file.rules("windows", ChangeWindow::read, ChangeWindow::name)),
                file.rules("approvals", section -> ApprovalRule.read(section, names), ApprovalRule::name),
                Stream.concat(
                                file.rules("limits", AllowanceRule::readLimit, AllowanceRule::rule).stream(),
                                file
                                        .rules(
                                                "quotas",
                                                section -> AllowanceRule.readQuota(section, names),
                                                AllowanceRule::rule)
                                        .stream())
                        .toList());
        file.end();
        return rules;
    }
}
