package io.infrabridge.server.firewall;

import io.infrabridge.runtime.value.Cidr;
import io.infrabridge.runtime.value.InvalidValue;
import io.infrabridge.runtime.value.PortRange;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Rules in the words of firewalld: ports and rich rules of a zone for what comes in, and rules of the direct interface for what
 * goes out, which zones do not know; see firewalld.richlanguage(5) and firewalld.direct(5).
 */
final class ZoneRules {
    private static final Pattern PORT = Pattern.compile("([0-9]{1,5}(?:-[0-9]{1,5})?)/(tcp|udp)");
    private static final Pattern RICH = Pattern.compile("rule(?: priority=\"(-1|32767)\")?"
            + "(?: family=\"(ipv4|ipv6)\" source address=\"([0-9a-fA-F:./]{1,64})\")?"
            + "(?: port port=\"([0-9]{1,5}(?:-[0-9]{1,5})?)\" protocol=\"(tcp|udp)\"| protocol value=\"(tcp|udp)\")?"
            + " (accept|drop|reject)");

    private static final Pattern DIRECT = Pattern.compile("(ipv4|ipv6) filter OUTPUT 0(?: -s ([0-9a-fA-F:./]{1,64}))?"
            + "(?: -p (tcp|udp)(?: --dport ([0-9]{1,5}(?::[0-9]{1,5})?))?)?"
            + " -m conntrack --ctstate NEW -j (ACCEPT|DROP|REJECT)");

    private static final String IPV6 = "ipv6";
    private static final FirewallRule SSH = allow(RuleProtocol.TCP, new PortRange("22"));

    private ZoneRules() {}

    static RuleSet parse(Zones.Zone zone, List<String> direct) {
        List<FirewallRule> ipv4 = new ArrayList<>();
        List<FirewallRule> ipv6 = new ArrayList<>();
        List<String> others = new ArrayList<>();
        for (String port : zone.words("ports")) {
            put(port(port), "port " + port, ipv4, ipv6, others);
        }
        for (String rich : zone.lines("rich rules")) {
            put(rich(rich), rich, ipv4, ipv6, others);
        }
        direct(direct, ipv4, ipv6, others);
        for (String heading : List.of("service", "protocol", "source-port", "icmp-block")) {
            zone.words(heading + "s").forEach(word -> others.add(heading + " " + word));
        }
        zone.lines("forward-ports").forEach(line -> others.add("forward-port " + line));
        zone.lines("sources").forEach(line -> others.add("sources " + line));
        zone.lines("masquerade").stream().filter("yes"::equals).forEach(yes -> others.add("masquerade"));
        // what denies counts first, wherever it stands
        ipv4.sort(Comparator.comparing(FirewallRule::allows));
        ipv6.sort(Comparator.comparing(FirewallRule::allows));
        List<FirewallRule> besides = zone.words("services").contains("ssh") ? List.of(SSH) : List.of();
        return new RuleSet(ipv4, ipv6, true, others, besides, policy(zone), RuleAction.ALLOW, Map.of());
    }

    /** Those of the direct interface are of one family each; one that is there for one only is not of our form. */
    private static void direct(
            List<String> lines, List<FirewallRule> ipv4, List<FirewallRule> ipv6, List<String> others) {
        Set<String> forIpv4 = new HashSet<>();
        Set<String> forIpv6 = new HashSet<>();
        for (String line : lines) {
            direct(line).ifPresent(rule -> {
                (line.startsWith(IPV6) ? ipv6 : ipv4).add(rule);
                (line.startsWith(IPV6) ? forIpv6 : forIpv4).add(rule.text());
            });
        }
        for (String line : lines) {
            Set<String> other = line.startsWith(IPV6) ? forIpv4 : forIpv6;
            Optional<FirewallRule> rule = direct(line);
            if (rule.filter(each -> each.source().isPresent() || other.contains(each.text()))
                    .isEmpty()) {
                others.add("direct " + line);
            }
        }
    }

    private static RuleAction policy(Zones.Zone zone) {
        String target = String.join(" ", zone.lines("target"));
        return target.equals("ACCEPT") ? RuleAction.ALLOW : target.equals("DROP") ? RuleAction.DENY : RuleAction.REJECT;
    }

    private static void put(
            Optional<FirewallRule> rule,
            String words,
            List<FirewallRule> ipv4,
            List<FirewallRule> ipv6,
            List<String> others) {
        if (rule.isEmpty()) {
            others.add(words);
            return;
        }
        Optional<Network> network = rule.get().network();
        if (network.filter(Network::ipv6).isEmpty()) {
            ipv4.add(rule.get());
        }
        if (network.filter(each -> !each.ipv6()).isEmpty()) {
            ipv6.add(rule.get());
        }
    }

    private static Optional<FirewallRule> port(String text) {
        Matcher port = PORT.matcher(text);
        return port.matches()
                ? made(() -> allow(protocol(port.group(2)), new PortRange(port.group(1))))
                : Optional.empty();
    }

    private static Optional<FirewallRule> rich(String text) {
        Matcher rule = RICH.matcher(text);
        if (!rule.matches()) {
            return Optional.empty();
        }
        Optional<FirewallRule> made = made(() -> FirewallRule.of(
                switch (rule.group(7)) {
                    case "accept" -> RuleAction.ALLOW;
                    case "drop" -> RuleAction.DENY;
                    default -> RuleAction.REJECT;
                },
                RuleDirection.IN,
                protocol(rule.group(5) == null ? rule.group(6) : rule.group(5)),
                Optional.ofNullable(rule.group(3)).map(Cidr::new),
                Optional.ofNullable(rule.group(4)).map(PortRange::new)));
        // only as we would write it: another priority counts at another place
        return made.filter(each -> ZoneWords.option("add", each).equals("--add-rich-rule=" + unquoted(text, each)));
    }

    private static String unquoted(String text, FirewallRule rule) {
        return Arrays.stream(text.split(" "))
                .map(word ->
                        word.startsWith("address=") ? "address=" + rule.source().orElseThrow() : word.replace("\"", ""))
                .reduce((left, right) -> left + " " + right)
                .orElse("");
    }

    private static Optional<FirewallRule> direct(String text) {
        Matcher rule = DIRECT.matcher(text);
        return rule.matches()
                ? made(() -> FirewallRule.of(
                        switch (rule.group(5)) {
                            case "ACCEPT" -> RuleAction.ALLOW;
                            case "DROP" -> RuleAction.DENY;
                            default -> RuleAction.REJECT;
                        },
                        RuleDirection.OUT,
                        protocol(rule.group(3)),
                        Optional.ofNullable(rule.group(2)).map(Cidr::new),
                        Optional.ofNullable(rule.group(4)).map(ports -> new PortRange(ports.replace(':', '-')))))
                : Optional.empty();
    }

    private static RuleProtocol protocol(@Nullable String word) {
        return word == null ? RuleProtocol.ANY : word.equals("tcp") ? RuleProtocol.TCP : RuleProtocol.UDP;
    }

    private static FirewallRule allow(RuleProtocol protocol, PortRange ports) {
        return FirewallRule.of(RuleAction.ALLOW, RuleDirection.IN, protocol, Optional.empty(), Optional.of(ports));
    }

    private static Optional<FirewallRule> made(Supplier<FirewallRule> maker) {
        try {
            return Optional.of(maker.get());
        } catch (InvalidValue e) {
            return Optional.empty();
        }
    }
}
