package io.infrabridge.server.firewall;

import io.infrabridge.runtime.value.Cidr;
import io.infrabridge.runtime.value.PortRange;
import io.infrabridge.runtime.value.RuleComment;
import io.infrabridge.server.nixos.DeclaredRule;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Rules as they are declared on NixOS, in the order in which they count: our module puts what denies before all that allows.
 *
 * @param others what is declared and is not of our form, because somebody else has written it
 */
record NixosRules(List<FirewallRule> rules, List<String> others) {
    NixosRules {
        rules = List.copyOf(rules);
        others = List.copyOf(others);
    }

    static NixosRules of(List<DeclaredRule> declared) {
        List<FirewallRule> denying = new ArrayList<>();
        List<FirewallRule> allowing = new ArrayList<>();
        List<String> others = new ArrayList<>();
        for (DeclaredRule each : declared) {
            Optional<FirewallRule> rule = rule(each);
            rule.ifPresentOrElse(
                    one -> (one.allows() ? allowing : denying).add(one), () -> others.add("declared: " + told(each)));
        }
        return new NixosRules(Stream.concat(denying.stream(), allowing.stream()).toList(), others);
    }

    /** What denies goes before all others; what is about the same packets is replaced. */
    static List<DeclaredRule> adding(FirewallRule rule, List<DeclaredRule> declared) {
        List<DeclaredRule> rules = new ArrayList<>(declared);
        int place = placeOf(rule, rules);
        if (place >= 0) {
            if (rule.comment().isPresent()) {
                rules.set(place, declared(rule));
            }
            return rules;
        }
        rules.removeIf(each -> rule(each).filter(rule::matchesLike).isPresent());
        rules.add(rule.allows() ? rules.size() : 0, declared(rule));
        return rules;
    }

    static List<DeclaredRule> removing(FirewallRule rule, List<DeclaredRule> declared) {
        return declared.stream()
                .filter(each -> rule(each).filter(rule::sameAs).isEmpty())
                .toList();
    }

    /** With what the running firewall has besides. */
    RuleSet with(Optional<NixosChain> chain, boolean active) {
        List<String> all = new ArrayList<>(others);
        chain.ifPresent(seen -> all.addAll(seen.others()));
        return new RuleSet(
                of(false),
                of(true),
                true,
                all,
                chain.map(NixosChain::letIn).orElse(List.of()),
                chain.map(NixosChain::rest).orElse(active ? RuleAction.DENY : RuleAction.ALLOW),
                RuleAction.ALLOW,
                Map.of());
    }

    private List<FirewallRule> of(boolean ipv6) {
        return rules.stream()
                .filter(rule ->
                        rule.network().map(network -> network.ipv6() == ipv6).orElse(true))
                .toList();
    }

    private static int placeOf(FirewallRule rule, List<DeclaredRule> rules) {
        for (int i = 0; i < rules.size(); i++) {
            if (rule(rules.get(i)).filter(rule::sameAs).isPresent()) {
                return i;
            }
        }
        return -1;
    }

    private static DeclaredRule declared(FirewallRule rule) {
        return new DeclaredRule(
                rule.action().word(),
                rule.direction().orElseThrow().word(),
                rule.ofProtocol().word(),
                rule.port().map(PortRange::first),
                rule.port().map(PortRange::last),
                rule.source().map(Cidr::value),
                rule.comment().map(RuleComment::value));
    }

    private static Optional<FirewallRule> rule(DeclaredRule declared) {
        try {
            return Optional.of(new FirewallRule(
                    declared.firstPort()
                            .map(first ->
                                    PortRange.of(first, declared.lastPort().orElse(first))),
                    Optional.of(RuleProtocol.valueOf(declared.protocol().toUpperCase(Locale.ROOT))),
                    declared.source().map(Cidr::new),
                    RuleAction.valueOf(declared.action().toUpperCase(Locale.ROOT)),
                    Optional.of(RuleDirection.valueOf(declared.direction().toUpperCase(Locale.ROOT))),
                    declared.comment().map(RuleComment::new)));
        } catch (IllegalArgumentException e) {
            // a source or a comment that our rules do not have
            return Optional.empty();
        }
    }

    private static String told(DeclaredRule rule) {
        return rule.action() + " " + rule.direction() + " " + rule.protocol()
                + rule.firstPort().map(port -> " port " + port).orElse("")
                + rule.lastPort().map(port -> "-" + port).orElse("")
                + rule.source().map(source -> " from " + source).orElse("");
    }
}
