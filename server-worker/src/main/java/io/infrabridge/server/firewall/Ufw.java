package io.infrabridge.server.firewall;

import io.infrabridge.runtime.operation.Output;
import io.infrabridge.runtime.operation.Plan;
import io.infrabridge.runtime.operation.Run;
import io.infrabridge.runtime.operation.UnexpectedOutput;
import io.infrabridge.runtime.value.RuleComment;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Debian and Ubuntu; see ufw(8). A rule that denies goes before all others, as firewalld has it too, because the first that
 * matches decides; one that ufw has about the same packets already is changed in its place, and its way back is the same.
 */
record Ufw() implements EditedFirewall {
    private static final String WHY = "ufw answers root only";
    private static final String RULE =
            "<one:allow|deny|reject> <one:in|out> proto <one:tcp|udp|any> from <address> to any";

    static final String[] LOOKING = {
        "ufw status verbose", "cat -- /etc/default/ufw /etc/ufw/user.rules /etc/ufw/user6.rules"
    };

    @Override
    public List<Run> looks() {
        return List.of(
                Run.of("Ask whether the firewall is active", "ufw", "status", "verbose")
                        .asRoot(WHY),
                files());
    }

    @Override
    public FirewallState state(List<Output> looks) {
        List<String> status = looks.get(0).lines();
        boolean active = status.contains("Status: active");
        if (!active && !status.contains("Status: inactive")) {
            throw new UnexpectedOutput("ufw status: "
                    + String.join(" ", status.subList(0, Math.min(3, status.size()))));
        }
        RuleSet rules = UfwRules.parse(looks.get(1));
        return new FirewallState("ufw", active, rules, rules, Optional.empty(), List.of())
                .noting(
                        active
                                ? Optional.empty()
                                : Optional.of(
                                        "ufw is inactive: its rules are kept, and none is in force until it is enabled."));
    }

    @Override
    public Optional<Plan> unchangeable(FirewallState state) {
        return Optional.empty();
    }

    @Override
    public List<Edit> edits(FirewallState state, FirewallRule rule, boolean wanted) {
        // ufw takes a range for one protocol only
        boolean range = rule.port().filter(ports -> !ports.single()).isPresent();
        List<FirewallRule> each = range && rule.ofProtocol() == RuleProtocol.ANY
                ? rule.over(RuleProtocol.TCP, RuleProtocol.UDP)
                : List.of(rule);
        return each.stream()
                .flatMap(one -> (wanted ? adding(state.now(), one) : removing(state.now(), one)).stream())
                .toList();
    }

    @Override
    public List<List<String>> reverts(List<Edit> edits) {
        return edits.stream().map(Edit::back).toList();
    }

    private static Optional<Edit> adding(RuleSet rules, FirewallRule rule) {
        Optional<FirewallRule> there = rules.about(rule).stream().findFirst();
        if (rules.has(rule)) {
            Optional<RuleComment> comment = rules.comment(rule);
            return rule.comment().isEmpty() || rule.comment().equals(comment)
                    ? Optional.empty()
                    : Optional.of(new Edit(
                            "Comment the rule " + rule.text(),
                            ufw(List.of(), rule),
                            ufw(List.of(), rule.commented(comment)),
                            false));
        }
        if (there.filter(other -> !other.sameAs(rule)).isPresent()) {
            return Optional.of(new Edit(
                    "Change the rule " + there.get().text() + " to "
                            + rule.action().word(),
                    ufw(List.of(), rule),
                    ufw(List.of(), there.get()),
                    false));
        }
        // one that is there for one family only is not put in another place
        List<String> place = rule.allows() || there.isPresent() ? List.of() : List.of("prepend");
        return Optional.of(new Edit("Add the rule " + rule.text(), ufw(place, rule), deletion(rule), false));
    }

    private static Optional<Edit> removing(RuleSet rules, FirewallRule rule) {
        if (!rules.hasPart(rule)) {
            return Optional.empty();
        }
        List<String> place = Optional.ofNullable(rules.places().get(rule.text()))
                .map(number -> List.of("insert", number.toString()))
                .orElse(List.of());
        return Optional.of(new Edit(
                "Remove the rule " + rule.text(),
                deletion(rule),
                ufw(place, rule.commented(rules.comment(rule))),
                false));
    }

    /** By the rule without its comment: with another one ufw would not find it. */
    private static List<String> deletion(FirewallRule rule) {
        return ufw(List.of("delete"), rule.commented(Optional.empty()));
    }

    private static List<String> ufw(List<String> how, FirewallRule rule) {
        List<String> argv = new ArrayList<>(List.of("ufw"));
        argv.addAll(how);
        argv.addAll(List.of(
                rule.action().word(),
                rule.direction().orElseThrow().word(),
                "proto",
                rule.ofProtocol().word(),
                "from",
                rule.source().map(Object::toString).orElse("any"),
                "to",
                "any"));
        rule.port().ifPresent(ports -> argv.addAll(List.of("port", ports.value().replace('-', ':'))));
        rule.comment().ifPresent(comment -> argv.addAll(List.of("comment", comment.value())));
        return argv;
    }

    private static Run files() {
        return Run.of(
                        "Read the rules of the firewall",
                        "cat",
                        "--",
                        "/etc/default/ufw",
                        "/etc/ufw/user.rules",
                        "/etc/ufw/user6.rules")
                .asRoot("ufw keeps its rules from others");
    }

    static String[] changing() {
        List<String> changes = new ArrayList<>();
        List<String> reverts = new ArrayList<>();
        for (String rule : List.of(RULE, RULE + " port <ports>")) {
            for (String comment : List.of("", " comment <text>")) {
                reverts.add("ufw " + rule + comment);
                reverts.add("ufw insert <number> " + rule + comment);
                changes.add("ufw prepend " + rule + comment);
            }
            reverts.add("ufw delete " + rule);
        }
        changes.addAll(reverts);
        reverts.stream().map(Revert::template).forEach(changes::add);
        return changes.toArray(String[]::new);
    }
}
