package io.infrabridge.server.firewall;

import io.infrabridge.runtime.operation.Output;
import io.infrabridge.runtime.value.InvalidValue;
import io.infrabridge.runtime.value.PortRange;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What the script of NixOS's firewall has made, beside our own rules; see iptables(8) and the chains in NixOS's firewall-iptables.nix.
 *
 * @param letIn ports that the configuration of the host opens to everybody
 * @param others all of its other rules, in the words of iptables
 * @param missing our allowances that are declared and not there
 * @param rest what becomes of what no rule matches
 */
record NixosChain(List<FirewallRule> letIn, List<String> others, List<String> missing, RuleAction rest) {
    private static final String CHAIN = "-A nixos-fw ";
    private static final String CREATED = "-N nixos-fw";
    private static final String REFUSED = "-A nixos-fw-refuse ";
    private static final Pattern PORT = Pattern.compile(
            "-A nixos-fw -p (tcp|udp) -m (?:tcp|udp) --dport ([0-9]{1,5}(?::[0-9]{1,5})?) -j nixos-fw-accept");
    /** What the script always has: the host itself, what is established, and the refusal of all else. */
    private static final Set<String> ALWAYS = Set.of(
            "-A nixos-fw -i lo -j nixos-fw-accept",
            "-A nixos-fw -m conntrack --ctstate RELATED,ESTABLISHED -j nixos-fw-accept",
            "-A nixos-fw -j nixos-fw-log-refuse");
    /** Commands of our module begin so, and none of NixOS's own does. */
    private static final String OURS = " ! -i lo ";

    NixosChain {
        letIn = List.copyOf(letIn);
        others = List.copyOf(others);
        missing = List.copyOf(missing);
    }

    /** Nothing where iptables does not tell it. */
    static Optional<NixosChain> of(Output ipv4, Output ipv6, NixosRules declared) {
        if (!told(ipv4)) {
            return Optional.empty();
        }
        List<String> missing = new ArrayList<>();
        List<String> forIpv4 = besides(ipv4, declared, missing);
        List<String> forIpv6 = told(ipv6) ? besides(ipv6, declared, missing) : forIpv4;
        List<FirewallRule> letIn = new ArrayList<>();
        List<String> others = new ArrayList<>();
        for (String line : forIpv4) {
            boolean both = forIpv6.contains(line);
            Optional<FirewallRule> port = both ? port(line) : Optional.empty();
            port.ifPresent(letIn::add);
            others.add(words(line) + (both ? "" : " (IPv4 only)"));
        }
        forIpv6.stream()
                .filter(line -> !forIpv4.contains(line))
                .forEach(line -> others.add(words(line) + " (IPv6 only)"));
        boolean rejects = ipv4.lines().stream().anyMatch(line -> line.startsWith(REFUSED) && line.contains("REJECT"));
        return Optional.of(new NixosChain(
                letIn, others, missing.stream().distinct().toList(), rejects ? RuleAction.REJECT : RuleAction.DENY));
    }

    Optional<String> note() {
        return missing.isEmpty()
                ? Optional.empty()
                : Optional.of("Declared, and not in the running firewall: " + String.join(", ", missing) + ".");
    }

    private static boolean told(Output listed) {
        return listed.succeeded() && !listed.truncated() && listed.lines().contains(CREATED);
    }

    /** What the chain has without our rules; a port that the configuration opens, too, is there twice. */
    private static List<String> besides(Output listed, NixosRules declared, List<String> missing) {
        List<String> lines = new ArrayList<>(listed.lines().stream()
                .filter(line -> line.startsWith(CHAIN) && !line.contains(OURS) && !ALWAYS.contains(line))
                .toList());
        for (FirewallRule rule : declared.rules()) {
            for (String line : opened(rule)) {
                if (!lines.remove(line)) {
                    missing.add(rule.text());
                }
            }
        }
        return lines;
    }

    /** The lines by which NixOS opens what our module hands over to its options. */
    private static List<String> opened(FirewallRule rule) {
        if (!rule.allows()
                || !rule.incoming()
                || rule.port().isEmpty()
                || rule.source().isPresent()) {
            return List.of();
        }
        PortRange ports = rule.port().get();
        String port = ports.single() ? Integer.toString(ports.first()) : ports.first() + ":" + ports.last();
        Stream<String> protocols = rule.ofProtocol() == RuleProtocol.ANY
                ? Stream.of("tcp", "udp")
                : Stream.of(rule.ofProtocol().word());
        return protocols
                .map(protocol ->
                        CHAIN + "-p " + protocol + " -m " + protocol + " --dport " + port + " -j nixos-fw-accept")
                .toList();
    }

    private static Optional<FirewallRule> port(String line) {
        Matcher port = PORT.matcher(line);
        if (!port.matches()) {
            return Optional.empty();
        }
        try {
            return Optional.of(FirewallRule.of(
                    RuleAction.ALLOW,
                    RuleDirection.IN,
                    port.group(1).equals("tcp") ? RuleProtocol.TCP : RuleProtocol.UDP,
                    Optional.empty(),
                    Optional.of(new PortRange(port.group(2).replace(':', '-')))));
        } catch (InvalidValue e) {
            return Optional.empty();
        }
    }

    private static String words(String line) {
        return line.substring("-A ".length());
    }
}
