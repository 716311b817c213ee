package io.infrabridge.server.firewall;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.infrabridge.runtime.value.Cidr;
import io.infrabridge.runtime.value.InvalidValue;
import io.infrabridge.runtime.value.PortRange;
import io.infrabridge.runtime.value.RuleComment;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One rule of a firewall, the same whatever the firewall and whichever way it goes: what a list reports can be added.
 *
 * @param port the port, or range of ports, that packets go to; every port where absent
 * @param protocol any where absent
 * @param source the network that packets come from, in its shortest form; every IPv4 and IPv6 address where absent
 * @param direction into the server where absent
 * @param comment for people; it is no part of what the rule is
 */
public record FirewallRule(
        Optional<PortRange> port,
        Optional<RuleProtocol> protocol,
        Optional<Cidr> source,
        @JsonProperty(required = true) RuleAction action,
        Optional<RuleDirection> direction,
        Optional<RuleComment> comment) {
    public FirewallRule(
            Optional<PortRange> port,
            Optional<RuleProtocol> protocol,
            Optional<Cidr> source,
            @Nullable RuleAction action,
            Optional<RuleDirection> direction,
            Optional<RuleComment> comment) {
        if (action == null) {
            throw new InvalidValue("action: expected allow, deny or reject");
        }
        if (port.filter(range -> range.first() > range.last()).isPresent()) {
            throw new InvalidValue("port: expected a range with the lowest port first");
        }
        this.port = port;
        this.protocol = protocol.or(() -> Optional.of(RuleProtocol.ANY));
        this.source = source.map(Network::of).map(FirewallRule::shortest);
        this.action = action;
        this.direction = direction.or(() -> Optional.of(RuleDirection.IN));
        this.comment = comment;
    }

    static FirewallRule of(
            RuleAction action,
            RuleDirection direction,
            RuleProtocol protocol,
            Optional<Cidr> source,
            Optional<PortRange> port) {
        return new FirewallRule(port, Optional.of(protocol), source, action, Optional.of(direction), Optional.empty());
    }

    boolean incoming() {
        return direction.filter(RuleDirection.IN::equals).isPresent();
    }

    boolean allows() {
        return action == RuleAction.ALLOW;
    }

    RuleProtocol ofProtocol() {
        return protocol.orElseThrow();
    }

    Optional<Network> network() {
        return source.map(Network::of);
    }

    /** Whether both are about the same packets. */
    boolean matchesLike(FirewallRule other) {
        return port.equals(other.port)
                && protocol.equals(other.protocol)
                && source.equals(other.source)
                && direction.equals(other.direction);
    }

    /** Whether both do the same to the same packets. */
    boolean sameAs(FirewallRule other) {
        return matchesLike(other) && action == other.action;
    }

    FirewallRule commented(Optional<RuleComment> text) {
        return new FirewallRule(port, protocol, source, action, direction, text);
    }

    /** The same rule for each of these protocols. */
    List<FirewallRule> over(RuleProtocol... protocols) {
        return List.of(protocols).stream()
                .map(each -> new FirewallRule(port, Optional.of(each), source, action, direction, comment))
                .toList();
    }

    /** In words, without the comment. */
    String text() {
        return action.word() + " " + packets();
    }

    /** Which packets it is about, in words, whatever becomes of them. */
    public String packets() {
        return direction.orElseThrow().word()
                + (ofProtocol() == RuleProtocol.ANY ? "" : " " + ofProtocol().word())
                + port.map(range -> " port " + range)
                        .orElse(port.isEmpty() && ofProtocol() == RuleProtocol.ANY ? " everything" : "")
                + source.map(network -> " from " + network).orElse("");
    }

    private static Cidr shortest(Network network) {
        if (network.prefix() == 0) {
            throw new InvalidValue("source: leave it out for every address");
        }
        return new Cidr(network.text());
    }
}
