package io.infrabridge.server.firewall;

import java.util.ArrayList;
import java.util.List;

/** Our rules in the words of firewalld; see firewalld.richlanguage(5) and firewalld.direct(5). */
final class ZoneWords {
    private ZoneWords() {}

    /** The option that adds or removes it in a zone. */
    static String option(String verb, FirewallRule rule) {
        if (rule.allows() && rule.port().isPresent() && rule.source().isEmpty()) {
            return "--" + verb + "-port=" + rule.port().get() + "/"
                    + rule.ofProtocol().word();
        }
        List<String> words = new ArrayList<>(List.of("rule"));
        rule.network()
                .ifPresent(network -> words.add(
                        "family=" + (network.ipv6() ? "ipv6" : "ipv4") + " source address=" + network.text()));
        if (rule.port().isPresent()) {
            words.add("port port=" + rule.port().get() + " protocol="
                    + rule.ofProtocol().word());
        } else if (rule.ofProtocol() != RuleProtocol.ANY) {
            words.add("protocol value=" + rule.ofProtocol().word());
        } else if (rule.source().isEmpty()) {
            // a rule about everything needs a place of its own: before all others, or after them
            words.add("priority=" + (rule.allows() ? "32767" : "-1"));
        }
        words.add(
                switch (rule.action()) {
                    case ALLOW -> "accept";
                    case DENY -> "drop";
                    case REJECT -> "reject";
                });
        return "--" + verb + "-rich-rule=" + String.join(" ", words);
    }

    /** Of the direct interface; only new connections are looked at, as the other firewalls have it too. */
    static List<String> outgoing(String verb, String family, FirewallRule rule) {
        List<String> argv =
                new ArrayList<>(List.of("--direct", "--" + verb + "-rule", family, "filter", "OUTPUT", "0"));
        rule.source().ifPresent(source -> argv.addAll(List.of("-s", source.value())));
        if (rule.ofProtocol() != RuleProtocol.ANY) {
            argv.addAll(List.of("-p", rule.ofProtocol().word()));
        }
        rule.port()
                .ifPresent(ports -> argv.addAll(List.of("--dport", ports.value().replace('-', ':'))));
        argv.addAll(List.of("-m", "conntrack", "--ctstate", "NEW", "-j", target(rule.action())));
        return argv;
    }

    private static String target(RuleAction action) {
        return switch (action) {
            case ALLOW -> "ACCEPT";
            case DENY -> "DROP";
            case REJECT -> "REJECT";
        };
    }
}
