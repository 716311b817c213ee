package io.infrabridge.gateway.catalogue;

import io.infrabridge.contract.Domain;
import io.infrabridge.contract.OperationDescriptor;
import io.infrabridge.contract.Risk;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** One tool with the actions that its domain's workers announced for it. */
public record Tool(String name, Domain domain, List<OperationDescriptor> actions) {
    public Tool {
        actions = List.copyOf(actions);
    }

    public String summary() {
        return actions.get(0).toolSummary();
    }

    public Optional<OperationDescriptor> action(String action) {
        return actions.stream().filter(known -> known.action().equals(action)).findFirst();
    }

    /** The same tool with what only reads, if there is any of that. */
    public Optional<Tool> reading() {
        return with(action -> action.risk() == Risk.READ);
    }

    /** The same tool with these actions alone, if there are any. */
    public Optional<Tool> with(Predicate<OperationDescriptor> wanted) {
        List<OperationDescriptor> left = actions.stream().filter(wanted).toList();
        return left.isEmpty() ? Optional.empty() : Optional.of(new Tool(name, domain, left));
    }
}
