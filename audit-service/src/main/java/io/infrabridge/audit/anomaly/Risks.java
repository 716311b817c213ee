package io.infrabridge.audit.anomaly;

import io.infrabridge.contract.CatalogueAnnouncement;
import io.infrabridge.contract.Domain;
import io.infrabridge.contract.Risk;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Which actions are destructive, as the workers of each domain say of their own. */
final class Risks {
    private final Map<String, Set<String>> destructive = new ConcurrentHashMap<>();

    /** The domain is that of the key that signed; what a worker says of another domain is not believed. */
    void learn(CatalogueAnnouncement announced, String domain) {
        if (!announced.domain().equals(Domain.of(domain))) {
            return;
        }
        Set<String> actions = new HashSet<>();
        announced.operations().stream()
                .filter(operation -> operation.risk() == Risk.DESTRUCTIVE)
                .forEach(operation -> actions.add(operation.tool() + " " + operation.action()));
        destructive.put(domain, actions);
    }

    boolean destructive(@Nullable String domain, String tool, String action) {
        return domain != null && destructive.getOrDefault(domain, Set.of()).contains(tool + " " + action);
    }
}
