package io.infrabridge.trust.policy;

import io.infrabridge.contract.Risk;
import io.infrabridge.trust.ConfigurationFile;
import io.infrabridge.trust.InvalidConfiguration;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Who may do what to which target, when, and with whose consent. Pure. Denials decide first, then roles, freezes and change
 * windows; what no role of the caller allows is refused.
 */
public final class Policy {
    private final String version;
    private final Rules rules;

    private Policy(String version, Rules rules) {
        this.version = version;
        this.rules = rules;
    }

    /** Throws {@link InvalidConfiguration}, which names the file and the place, for anything that is not a valid one. */
    public static Policy read(Path file) {
        String text = ConfigurationFile.readText(file);
        try {
            return parse(text);
        } catch (InvalidConfiguration e) {
            throw new InvalidConfiguration(file + ": " + e.getMessage(), e);
        }
    }

    /** The same from the file's text; the message names the place alone. */
    public static Policy parse(String yaml) {
        return new Policy(Version.of(yaml), Rules.read(ConfigurationFile.parse(yaml)));
    }

    /** Tells this content of the file from every other. */
    public String version() {
        return version;
    }

    /** The names of all roles, in the order of the file. */
    public List<String> roles() {
        return rules.roles().stream().map(Role::name).toList();
    }

    /** What holds for the operation itself; see {@link #evaluate} for a dry run of it. */
    public Decision decide(Access access) {
        return evaluate(access, false).decision();
    }

    /**
     * A dry run needs the permission for what it rehearses, but waits for nobody, and neither freezes nor change windows
     * concern it.
     */
    public Evaluation evaluate(Access access, boolean dryRun) {
        List<Finding> permission = permission(access);
        List<Finding> timing = Stream.concat(
                        rules.freezes().stream().map(freeze -> freeze.check(access)),
                        rules.windows().check(access))
                .toList();
        Optional<ApprovalRule> approval = rules.approvals().stream()
                .filter(rule -> rule.scope().covers(access))
                .findFirst();
        Access counted = dryRun ? access.looking() : access;
        Decision permitted = decision(permission, Optional.empty());
        List<Finding> inEarnest =
                Stream.concat(permission.stream(), timing.stream()).toList();
        Decision decided = decision(inEarnest, approval.map(ApprovalRule::requirement));
        return new Evaluation(
                version,
                dryRun ? permitted : decided,
                decided,
                rules.allowances().stream()
                        .flatMap(rule -> rule.drawnOn(counted).stream())
                        .toList(),
                Stream.of(
                                inEarnest.stream(),
                                rules.approvals().stream().map(rule -> rule.check(approval)),
                                rules.allowances().stream().map(rule -> rule.check(counted)))
                        .flatMap(findings -> findings)
                        .toList());
    }

    /** Whether there may be a target on which somebody with these roles may do it, for what is worth showing. */
    public boolean offers(Set<String> held, String tool, String action, Risk risk) {
        boolean denied = rules.denials().stream()
                .anyMatch(denial -> denial.scope().everyTarget()
                        && denial.scope().coversAction(tool, action, risk)
                        && denial.concerns(held));
        return !denied
                && rules.roles().stream()
                        .anyMatch(role -> held.contains(role.name()) && role.allowsSomewhere(tool, action, risk));
    }

    /** Denials, then what the roles say, and where none of them allows it, that. */
    private List<Finding> permission(Access access) {
        List<Finding> findings = new ArrayList<>();
        rules.denials().forEach(denial -> findings.add(denial.check(access)));
        rules.roles().forEach(role -> findings.add(role.check(access)));
        if (findings.stream().noneMatch(Finding::allows)) {
            findings.add(defaultDeny(access));
        }
        return findings;
    }

    /** The first refusal decides; where there is none, the first permission does. */
    private static Decision decision(List<Finding> findings, Optional<ApprovalRequirement> approval) {
        return findings.stream()
                .filter(Finding::refuses)
                .findFirst()
                .<Decision>map(Finding::refusal)
                .orElseGet(() -> new Decision.Allowed(
                        findings.stream()
                                .filter(Finding::allows)
                                .findFirst()
                                .orElseThrow()
                                .rule(),
                        approval));
    }

    private Finding defaultDeny(Access access) {
        List<String> enough = rules.roles().stream()
                .filter(role -> role.allows(access))
                .map(Role::name)
                .toList();
        return Finding.refusing(
                "default-deny",
                "None of your roles " + new TreeSet<>(access.roles()) + " allows " + access.tool() + " "
                        + access.action() + " (" + access.risk() + ") on " + access.target() + ".",
                enough.isEmpty()
                        ? "No role of the policy allows it; ask an administrator."
                        : "One of these roles would: " + String.join(", ", enough) + ".");
    }
}
