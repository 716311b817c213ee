package io.infrabridge.server.nixos;

import io.infrabridge.runtime.value.InvalidValue;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * One rule of the firewall, as the module reads it.
 *
 * @param action allow, deny or reject
 * @param direction in or out
 * @param protocol tcp, udp or any
 * @param firstPort with lastPort a range of ports; absent for all
 * @param source where packets come from; absent for every address
 */
public record DeclaredRule(
        String action,
        String direction,
        String protocol,
        Optional<Integer> firstPort,
        Optional<Integer> lastPort,
        Optional<String> source,
        Optional<String> comment) {
    private static final Pattern ACTION = Pattern.compile("allow|deny|reject");
    private static final Pattern DIRECTION = Pattern.compile("in|out");
    private static final Pattern PROTOCOL = Pattern.compile("tcp|udp|any");
    private static final int LAST = 65535;

    public DeclaredRule {
        if (!ACTION.matcher(action).matches()
                || !DIRECTION.matcher(direction).matches()
                || !PROTOCOL.matcher(protocol).matches()) {
            throw new InvalidValue("not a rule of a firewall: " + action + " " + direction + " " + protocol);
        }
        if (firstPort.isPresent() != lastPort.isPresent()
                || firstPort.isPresent()
                        && (firstPort.get() < 1 || firstPort.get() > lastPort.get() || lastPort.get() > LAST)) {
            throw new InvalidValue("not ports of a rule: " + firstPort + " to " + lastPort);
        }
    }

    /** Whether both say the same of the same packets, whatever their comments. */
    public boolean same(DeclaredRule other) {
        return silent().equals(other.silent());
    }

    private DeclaredRule silent() {
        return new DeclaredRule(action, direction, protocol, firstPort, lastPort, source, Optional.empty());
    }
}
