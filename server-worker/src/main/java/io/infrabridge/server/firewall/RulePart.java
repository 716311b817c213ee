package io.infrabridge.server.firewall;

import io.infrabridge.runtime.operation.OperationSpec;
import io.infrabridge.runtime.operation.Plan;
import io.infrabridge.runtime.operation.Probed;
import io.infrabridge.server.OperationPart;
import io.infrabridge.server.Part;
import io.infrabridge.server.nixos.DeclaredPart;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * A rule of the firewall as a part of a server: it is there, and is never forced. One that would lock us out is refused, and one
 * that denies has to prove itself before the next section is begun.
 */
public final class RulePart {
    /** Made once: its shapes are. */
    private static final AddRule ADD = new AddRule();

    private RulePart() {}

    public static Part of(FirewallRule rule) {
        RuleInput in = new RuleInput(rule, Optional.empty(), Optional.empty());
        return new OperationPart<>(
                ADD,
                in,
                (host, out) -> List.of(deviation(
                        rule, RuleChange.outcome(in, host, out.before()).present())));
    }

    /** All rules of NixOS that are wanted, because each build is one of all of them. */
    public static DeclaredPart declared(List<FirewallRule> rules) {
        NixosFirewall firewall = new NixosFirewall();
        List<RuleInput> all = rules.stream()
                .map(rule -> new RuleInput(rule, Optional.empty(), Optional.empty()))
                .toList();
        Function<Probed, DeclaredRules> of = seen -> new DeclaredRules(firewall, all, true, seen);
        return new DeclaredPart(
                RuleChange.looks(all, firewall),
                seen -> Plan.nothing(),
                seen -> of.apply(seen).declaration(),
                seen -> of.apply(seen).changing().stream()
                        .map(rule -> deviation(rule, of.apply(seen).has(rule)))
                        .toList());
    }

    private static Part.Deviation deviation(FirewallRule rule, boolean present) {
        return new Part.Deviation(rule.text(), present ? "not as it is wanted" : "absent", "present");
    }

    public static <I extends Record, O extends Record> OperationSpec<I, O> allowed(OperationSpec<I, O> spec) {
        return OperationPart.allowing(spec, ADD);
    }
}
