package io.infrabridge.server.firewall;

import io.infrabridge.runtime.operation.Output;
import io.infrabridge.runtime.operation.UnexpectedOutput;
import io.infrabridge.runtime.value.Cidr;
import io.infrabridge.runtime.value.PortRange;
import io.infrabridge.runtime.value.RuleComment;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The rules of ufw as it keeps them itself, in /etc/default/ufw, /etc/ufw/user.rules and user6.rules: unlike what {@code ufw status}
 * prints, they are there while it is inactive, in their order, and tell IPv4 from IPv6.
 */
final class UfwRules {
    private static final String BEGINNING = "### tuple ###";
    /** Action, protocol, port, destination, source port, source, application profiles, direction and interface, comment. */
    private static final Pattern TUPLE = Pattern.compile(BEGINNING
            + " (\\S{1,64}) (\\S{1,64}) (\\S{1,256}) (\\S{1,64}) (\\S{1,256}) (\\S{1,64})((?: \\S{1,256} \\S{1,256})?)"
            + " (\\S{1,64})(?: comment=([0-9a-f]{0,4096}))?");

    private static final Pattern PORTS = Pattern.compile("[0-9]{1,5}(:[0-9]{1,5})?");
    private static final String ANY = "any";
    private static final String IPV4 = "0.0.0.0/0";
    private static final String IPV6 = "::/0";

    private UfwRules() {}

    static RuleSet parse(Output files) {
        Map<String, String> settings = new HashMap<>();
        List<Entry> ipv4 = new ArrayList<>();
        List<Entry> ipv6 = new ArrayList<>();
        for (String line : files.lines()) {
            int at = line.indexOf('=');
            if (line.startsWith(BEGINNING)) {
                Entry entry = Entry.of(line.strip());
                (entry.ipv6() ? ipv6 : ipv4).add(entry);
            } else if (at > 0 && !line.startsWith("#") && !line.startsWith("-")) {
                settings.putIfAbsent(
                        line.substring(0, at).strip(),
                        line.substring(at + 1).strip().replace("\"", ""));
            }
        }
        if (files.truncated() || !settings.containsKey("DEFAULT_INPUT_POLICY")) {
            throw new UnexpectedOutput("/etc/default/ufw and the rules of ufw are not understood, or not whole");
        }
        boolean withIpv6 =
                !settings.getOrDefault("IPV6", "yes").toLowerCase(Locale.ROOT).equals("no");
        List<Entry> minded = withIpv6 ? ipv6 : List.of();
        return new RuleSet(
                typed(ipv4),
                typed(minded),
                withIpv6,
                others(ipv4, minded, withIpv6),
                List.of(),
                policy(settings.get("DEFAULT_INPUT_POLICY")),
                policy(settings.getOrDefault("DEFAULT_OUTPUT_POLICY", "ACCEPT")),
                places(ipv4, minded));
    }

    private static List<FirewallRule> typed(List<Entry> entries) {
        return entries.stream().flatMap(entry -> entry.rule().stream()).toList();
    }

    /** What is not of our form; what is there for both families is told once. */
    private static List<String> others(List<Entry> ipv4, List<Entry> ipv6, boolean withIpv6) {
        Set<String> forIpv4 = everywhere(ipv4);
        Set<String> forIpv6 = everywhere(ipv6);
        List<String> others = new ArrayList<>();
        for (Entry entry : ipv4) {
            boolean alone = entry.everywhere() && withIpv6 && !forIpv6.contains(entry.ofEitherFamily());
            if (alone || entry.rule().isEmpty()) {
                others.add(entry.words() + (alone ? " (IPv4 only)" : ""));
            }
        }
        for (Entry entry : ipv6) {
            boolean alone = !forIpv4.contains(entry.ofEitherFamily());
            if (alone && (entry.everywhere() || entry.rule().isEmpty())) {
                others.add(entry.words() + " (IPv6 only)");
            }
        }
        return others;
    }

    private static Set<String> everywhere(List<Entry> entries) {
        return entries.stream()
                .filter(Entry::everywhere)
                .map(Entry::ofEitherFamily)
                .collect(Collectors.toSet());
    }

    /** As {@code ufw insert} counts: first those for IPv4. */
    private static Map<String, Integer> places(List<Entry> ipv4, List<Entry> ipv6) {
        Map<String, Integer> places = new HashMap<>();
        for (int i = 0; i < ipv6.size() - 1; i++) {
            int place = ipv4.size() + i + 1;
            ipv6.get(i)
                    .rule()
                    .filter(rule -> rule.source().isPresent())
                    .ifPresent(rule -> places.put(rule.text(), place));
        }
        for (int i = 0; i < ipv4.size() - 1; i++) {
            int place = i + 1;
            ipv4.get(i).rule().ifPresent(rule -> places.put(rule.text(), place));
        }
        return places;
    }

    private static RuleAction policy(String word) {
        return switch (word) {
            case "ACCEPT" -> RuleAction.ALLOW;
            case "REJECT" -> RuleAction.REJECT;
            case "DROP" -> RuleAction.DENY;
            default ->
                throw new UnexpectedOutput(
                        "/etc/default/ufw: the policy " + word.substring(0, Math.min(100, word.length())));
        };
    }

    /**
     * One tuple.
     *
     * @param words all of it but its comment, which follows in words
     * @param everywhere whether it names no address of one family
     */
    private record Entry(Optional<FirewallRule> rule, String words, boolean ipv6, boolean everywhere) {
        static Entry of(String line) {
            Matcher fields = TUPLE.matcher(line);
            if (!fields.matches()) {
                return new Entry(Optional.empty(), line, line.contains(IPV6), false);
            }
            String destination = fields.group(4);
            String source = fields.group(6);
            Optional<String> comment = Optional.ofNullable(fields.group(9)).map(Entry::decoded);
            String words = line.substring(BEGINNING.length() + 1).replaceFirst(" comment=[0-9a-f]*$", "")
                    + comment.map(text -> " # " + text).orElse("");
            boolean anyDestination = destination.equals(IPV4) || destination.equals(IPV6);
            boolean anySource = source.equals(IPV4) || source.equals(IPV6);
            return new Entry(
                    anyDestination ? rule(fields, anySource, comment) : Optional.empty(),
                    words,
                    destination.indexOf(':') >= 0,
                    anyDestination && anySource);
        }

        /** The same text for both families. */
        String ofEitherFamily() {
            return words.replace(IPV6, IPV4);
        }

        private static Optional<FirewallRule> rule(Matcher fields, boolean anySource, Optional<String> comment) {
            boolean plain = fields.group(5).equals(ANY) && fields.group(7).isEmpty();
            String ports = fields.group(3);
            if (!plain || !ports.equals(ANY) && !PORTS.matcher(ports).matches()) {
                return Optional.empty();
            }
            try {
                return Optional.of(new FirewallRule(
                        ports.equals(ANY) ? Optional.empty() : Optional.of(new PortRange(ports.replace(':', '-'))),
                        Optional.of(RuleProtocol.valueOf(exactly(fields.group(2)))),
                        anySource ? Optional.empty() : Optional.of(new Cidr(fields.group(6))),
                        RuleAction.valueOf(exactly(fields.group(1))),
                        Optional.of(RuleDirection.valueOf(exactly(fields.group(8)))),
                        comment.map(RuleComment::new)));
            } catch (IllegalArgumentException e) {
                // a word or a value that our rules do not have
                return Optional.empty();
            }
        }

        /** The name of a constant; none where it is not written in lower case, as ufw does. */
        private static String exactly(String word) {
            return word.equals(word.toLowerCase(Locale.ROOT)) ? word.toUpperCase(Locale.ROOT) : "";
        }

        private static String decoded(String hex) {
            return hex.length() % 2 == 0 ? new String(HexFormat.of().parseHex(hex), StandardCharsets.UTF_8) : hex;
        }
    }
}
