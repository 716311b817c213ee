package io.infrabridge.server.firewall;

import io.infrabridge.runtime.value.RuleComment;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The rules of a firewall in the order in which they count, the first that matches deciding.
 *
 * @param ipv4 those that are of our form and hold for IPv4
 * @param ipv6 those that hold for IPv6
 * @param withIpv6 whether the firewall minds IPv6 at all
 * @param others rules that are not of our form, in the firewall's own words
 * @param besides what else lets in, that is no rule of its own, such as the service ssh
 * @param incoming what becomes of what no rule matches
 * @param places where rules stand among all, for a firewall that counts them, except the last one
 */
record RuleSet(
        List<FirewallRule> ipv4,
        List<FirewallRule> ipv6,
        boolean withIpv6,
        List<String> others,
        List<FirewallRule> besides,
        RuleAction incoming,
        RuleAction outgoing,
        Map<String, Integer> places) {
    RuleSet {
        ipv4 = List.copyOf(ipv4);
        ipv6 = List.copyOf(ipv6);
        others = List.copyOf(others);
        besides = List.copyOf(besides);
        places = Map.copyOf(places);
    }

    static RuleSet none() {
        return new RuleSet(
                List.of(), List.of(), true, List.of(), List.of(), RuleAction.ALLOW, RuleAction.ALLOW, Map.of());
    }

    /** Whether it does this to all the packets that the rule is about. */
    boolean has(FirewallRule rule) {
        return rule.network()
                .map(network -> in(network.ipv6() ? ipv6 : ipv4, rule))
                .orElseGet(() -> in(ipv4, rule) && (!withIpv6 || in(ipv6, rule)));
    }

    /** Whether it does this to any of them. */
    boolean hasPart(FirewallRule rule) {
        return in(ipv4, rule) || in(ipv6, rule);
    }

    /** Whether it does this to those of one family. */
    boolean hasFor(boolean overIpv6, FirewallRule rule) {
        return in(overIpv6 ? ipv6 : ipv4, rule);
    }

    /** What is there about the same packets, whatever becomes of them. */
    List<FirewallRule> about(FirewallRule rule) {
        List<FirewallRule> found = new ArrayList<>();
        for (List<FirewallRule> family : List.of(ipv4, ipv6)) {
            family.stream()
                    .filter(each -> each.matchesLike(rule) && found.stream().noneMatch(each::sameAs))
                    .forEach(found::add);
        }
        return found;
    }

    Optional<RuleComment> comment(FirewallRule rule) {
        return about(rule).stream()
                .filter(rule::sameAs)
                .flatMap(each -> each.comment().stream())
                .findFirst();
    }

    RuleSet with(FirewallRule rule, boolean first) {
        return like(with(ipv4, rule, first), with(ipv6, rule, first));
    }

    RuleSet without(FirewallRule rule) {
        return like(without(ipv4, rule), without(ipv6, rule));
    }

    /** Each once: those without a source that hold for both families, and those with one. */
    List<FirewallRule> all() {
        Set<String> both = ipv6.stream().map(FirewallRule::text).collect(Collectors.toSet());
        List<FirewallRule> all = new ArrayList<>();
        ipv4.stream()
                .filter(rule -> rule.source().isPresent() || !withIpv6 || both.contains(rule.text()))
                .forEach(all::add);
        ipv6.stream().filter(rule -> rule.source().isPresent()).forEach(all::add);
        return all;
    }

    private RuleSet like(List<FirewallRule> forIpv4, List<FirewallRule> forIpv6) {
        return new RuleSet(forIpv4, forIpv6, withIpv6, others, besides, incoming, outgoing, places);
    }

    private static boolean in(List<FirewallRule> family, FirewallRule rule) {
        return family.stream().anyMatch(rule::sameAs);
    }

    private static List<FirewallRule> with(List<FirewallRule> family, FirewallRule rule, boolean first) {
        List<FirewallRule> all = new ArrayList<>(without(family, rule));
        all.removeIf(rule::matchesLike);
        all.add(first ? 0 : all.size(), rule);
        return all;
    }

    private static List<FirewallRule> without(List<FirewallRule> family, FirewallRule rule) {
        return family.stream().filter(each -> !each.sameAs(rule)).toList();
    }
}
