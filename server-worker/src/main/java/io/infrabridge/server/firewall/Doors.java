package io.infrabridge.server.firewall;

import io.infrabridge.contract.Category;
import io.infrabridge.runtime.operation.Output;
import io.infrabridge.runtime.operation.Plan;
import io.infrabridge.runtime.operation.Run;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How the host is reached, in its own view: by the connection that we came by, see {@code SSH_CONNECTION} in ssh(1), or, where we are on
 * it already, by whatever its SSH server listens on.
 *
 * @param client who comes; anybody where absent
 */
record Doors(Optional<Network> client, List<Integer> ports) {
    private static final Pattern CONNECTION = Pattern.compile("(\\S{1,128}) [0-9]{1,5} \\S{1,128} ([0-9]{1,5})");
    private static final Pattern LISTENER =
            Pattern.compile("LISTEN\\s{1,32}\\d{1,10}\\s{1,32}\\d{1,10}\\s{1,64}\\S{1,128}:(\\d{1,5})\\s");
    private static final int USUAL = 22;

    static final String HINT =
            "Allow that first by a rule of its own, or narrow this one. With force=true it is tried, and taken back by"
                    + " the host unless a new connection comes within confirm_within_seconds.";

    static List<Run> looks() {
        return List.of(
                Run.of("Ask by which connection we came", "printenv", "SSH_CONNECTION")
                        .accepting(0, 1),
                Run.of("Ask where the SSH server listens", "ss", "-H", "-l", "-t", "-n", "-p")
                        .asRoot("only root is told whose a port is")
                        .accepting(0, 1, Output.NOT_FOUND));
    }

    static Doors seen(Output connection, Output listeners) {
        Matcher came = CONNECTION.matcher(connection.text().strip());
        if (connection.succeeded() && came.matches()) {
            return new Doors(Network.seen(came.group(1)), List.of(Integer.parseInt(came.group(2))));
        }
        TreeSet<Integer> ports = new TreeSet<>();
        for (String line : listeners.lines()) {
            Matcher listener = LISTENER.matcher(line);
            if (listener.lookingAt()) {
                int port = Integer.parseInt(listener.group(1));
                // where systemd listens for it, nothing but the port tells
                if (port == USUAL || line.contains("\"sshd\"")) {
                    ports.add(port);
                }
            }
        }
        return new Doors(Optional.empty(), ports.isEmpty() ? List.of(USUAL) : List.copyOf(ports));
    }

    /**
     * Why a rule must not be there, or must not go.
     *
     * @param after all rules as they would be then
     */
    Optional<Plan> refusal(FirewallRule rule, boolean wanted, RuleSet after, String hint) {
        return shutBy(rule, wanted, after)
                .map(door -> Plan.refuse(
                        Category.PRECONDITION_FAILED,
                        "This would shut out " + door + ", by which the host is reached.",
                        hint));
    }

    /** The door that the rule would shut, or leave nothing to hold open. */
    private Optional<String> shutBy(FirewallRule rule, boolean wanted, RuleSet after) {
        return wanted == rule.allows()
                ? Optional.empty()
                : ports.stream()
                        .filter(port -> covers(rule, port) && !letsIn(after, port))
                        .findFirst()
                        .map(port -> "SSH to port " + port
                                + client.map(from -> " from " + from.text()).orElse(""));
    }

    private boolean letsIn(RuleSet rules, int port) {
        boolean overIpv6 = client.filter(Network::ipv6).isPresent();
        for (FirewallRule rule : overIpv6 ? rules.ipv6() : rules.ipv4()) {
            if (covers(rule, port)
                    && (!rule.allows() || client.isPresent() || rule.source().isEmpty())) {
                return rule.allows();
            }
        }
        return rules.incoming() == RuleAction.ALLOW || rules.besides().stream().anyMatch(rule -> covers(rule, port));
    }

    private boolean covers(FirewallRule rule, int port) {
        return rule.incoming()
                && rule.ofProtocol() != RuleProtocol.UDP
                && rule.port().map(ports -> ports.contains(port)).orElse(true)
                && (client.isEmpty()
                        || rule.network()
                                .map(network -> network.contains(client.get()))
                                .orElse(true));
    }
}
