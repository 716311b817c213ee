package io.infrabridge.server.firewall;

import io.infrabridge.runtime.operation.OperationSpec;
import io.infrabridge.server.OperationPart;
import io.infrabridge.server.Part;
import java.util.List;
import java.util.Optional;

/**
 * A rule of the firewall as a part of a server: it is there, and is never forced. One that would lock us out is refused, and one
 * that denies has to prove itself before the next section is begun.
 */
public final class RulePart {
    private RulePart() {}

    public static Part of(FirewallRule rule) {
        RuleInput in = new RuleInput(rule, Optional.empty(), Optional.empty());
        return new OperationPart<>(
                new AddRule(),
                in,
                (host, out) -> List.of(new Part.Deviation(
                        rule.text(),
                        RuleChange.outcome(in, host, out.before()).present() ? "not as it is wanted" : "absent",
                        "present")));
    }

    public static <I extends Record, O extends Record> OperationSpec<I, O> allowed(OperationSpec<I, O> spec) {
        return OperationPart.allowing(spec, new AddRule());
    }
}
