package io.infrabridge.gateway.catalogue;

import io.infrabridge.contract.CatalogueAnnouncement;
import io.infrabridge.contract.Domain;
import io.infrabridge.contract.OperationDescriptor;
import jakarta.enterprise.event.Event;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** All tools, from the latest announcement of each domain. */
@Singleton
public final class Catalogue {
    private final Event<CatalogueChanged> changes;
    private final Map<Domain, CatalogueAnnouncement> announcements = new HashMap<>();
    private volatile SortedMap<String, Tool> tools = new TreeMap<>();

    Catalogue(Event<CatalogueChanged> changes) {
        this.changes = changes;
    }

    /** Takes an announcement whose signer is known to speak for its domain; says why where it does not. */
    synchronized Optional<String> accept(CatalogueAnnouncement announcement) {
        for (OperationDescriptor operation : announcement.operations()) {
            Tool known = tools.get(operation.tool());
            if (known != null && !known.domain().equals(announcement.domain())) {
                return Optional.of("the tool " + operation.tool() + " belongs to the domain " + known.domain());
            }
        }
        announcements.put(announcement.domain(), announcement);
        SortedMap<String, Tool> next = grouped();
        if (!next.equals(tools)) {
            tools = next;
            changes.fire(new CatalogueChanged(next.values()));
        }
        return Optional.empty();
    }

    public Optional<Tool> tool(String name) {
        return Optional.ofNullable(tools.get(name));
    }

    public Collection<Tool> tools() {
        return List.copyOf(tools.values());
    }

    private SortedMap<String, Tool> grouped() {
        SortedMap<String, Tool> grouped = new TreeMap<>();
        announcements.forEach((domain, announcement) -> {
            Map<String, List<OperationDescriptor>> byTool = new HashMap<>();
            announcement
                    .operations()
                    .forEach(operation -> byTool.computeIfAbsent(operation.tool(), name -> new ArrayList<>())
                            .add(operation));
            byTool.forEach((name, actions) -> grouped.put(name, new Tool(name, domain, actions)));
        });
        return grouped;
    }
}
