package io.infrabridge.server.firewall;

import java.util.ArrayList;
import java.util.List;

/** The shapes of all commands by which {@link Firewalld} changes anything, and of the timers that take them back. */
final class FirewalldShapes {
    private FirewalldShapes() {}

    static String[] looking() {
        return new Firewalld()
                .looks().stream().map(look -> String.join(" ", look.argv())).toArray(String[]::new);
    }

    static String[] changing() {
        List<String> templates = new ArrayList<>();
        for (String change : changes()) {
            templates.add(Firewalld.PROGRAM + " " + change);
            templates.add(Firewalld.PROGRAM + " --permanent " + change);
            templates.add(Revert.template(Firewalld.PROGRAM + " " + change));
        }
        templates.add(Revert.template(Firewalld.PROGRAM + " " + Firewalld.RELOAD));
        return templates.toArray(String[]::new);
    }

    private static List<String> changes() {
        String zone = "--zone=<unit> --<one:add|remove>-";
        String rich = zone + "rich-rule=rule\\ ";
        String source = "family=<one:ipv4|ipv6>\\ source\\ address=<address>\\ ";
        String port = "port\\ port=<ports>\\ protocol=<one:tcp|udp>\\ ";
        String protocol = "protocol\\ value=<one:tcp|udp>\\ ";
        String action = "<one:accept|drop|reject>";
        List<String> changes = new ArrayList<>(List.of(
                zone + "port=<ports>/<one:tcp|udp>",
                rich + source + action,
                rich + source + port + action,
                rich + source + protocol + action,
                rich + port + action,
                rich + protocol + action,
                rich + "priority=<one:-1|32767>\\ " + action));
        for (String from : List.of("", " -s <address>")) {
            for (String what : List.of("", " -p <one:tcp|udp>", " -p <one:tcp|udp> --dport <ports>")) {
                changes.add("--direct --<one:add|remove>-rule <one:ipv4|ipv6> filter OUTPUT 0" + from + what
                        + " -m conntrack --ctstate NEW -j <one:ACCEPT|DROP|REJECT>");
            }
        }
        return changes;
    }
}
