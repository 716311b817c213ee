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
    synchronized Optional<Objection> accept(CatalogueAnnouncement announcement) {
        for (OperationDescriptor operation : announcement.operations()) {
            Optional<Objection> objection = objection(operation, announcement.domain());
            if (objection.isPresent()) {
                return objection;
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

    /** What was dangerous yesterday is not harmless today because a message says so; restarted gateways start anew. */
    private Optional<Objection> objection(OperationDescriptor operation, Domain domain) {
        Tool known = tools.get(operation.tool());
        if (known == null) {
            return Optional.empty();
        }
        if (!known.domain().equals(domain)) {
            return Optional.of(new Objection(
                    "taken", "The tool " + operation.tool() + " belongs to the domain " + known.domain() + "."));
        }
        return known.action(operation.action())
                .map(OperationDescriptor::risk)
                .filter(risk -> risk.compareTo(operation.risk()) > 0)
                .map(risk -> new Objection(
                        "downgraded",
                        "The risk of " + operation.tool() + " " + operation.action() + " was " + risk
                                + " and is announced as " + operation.risk() + "."));
    }

    public Optional<Tool> tool(String name) {
        return Optional.ofNullable(tools.get(name));
    }

    public Collection<Tool> tools() {
        return List.copyOf(tools.values());
    }

    /**
     * Why an announcement is not taken.
     *
     * @param reason one word, for metrics
     */
    record Objection(String reason, String detail) {}

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
