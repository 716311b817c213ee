package io.infrabridge.audit.trail;

import com.fasterxml.jackson.databind.JsonNode;
import io.infrabridge.contract.Command;
import io.infrabridge.contract.EventType;
import io.infrabridge.contract.Json;
import io.infrabridge.contract.Operation;
import io.quarkus.hibernate.reactive.panache.PanacheRepositoryBase;
import io.quarkus.hibernate.reactive.panache.common.WithSession;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Reads operations back as callers know them, the latest asked for first. */
@ApplicationScoped
public class OperationSearch implements PanacheRepositoryBase<OperationEntry, Long> {
    private final TrailSearch records;

    OperationSearch(TrailSearch records) {
        this.records = records;
    }

    /** Two issuers may choose the same id; the one who came first keeps it, so that nobody can take an operation's place. */
    @WithSession
    public Uni<Optional<JsonNode>> find(Criteria criteria) {
        return find("from OperationEntry where " + criteria.where() + " order by number", criteria.parameters())
                .range(0, 0)
                .list()
                .chain(this::operations)
                .map(found -> found.stream().findFirst());
    }

    @WithSession
    public Uni<Page<JsonNode>> page(Criteria criteria, int limit) {
        return find("from OperationEntry where " + criteria.where() + " order by number desc", criteria.parameters())
                .range(0, limit)
                .list()
                .chain(entries -> sizes(entries).chain(sizes -> {
                    int count = Page.count(sizes, limit);
                    Optional<Long> next =
                            count < entries.size() ? Optional.of(entries.get(count - 1).number) : Optional.empty();
                    return operations(entries.subList(0, count)).map(items -> new Page<>(items, next));
                }));
    }

    private Uni<List<Integer>> sizes(List<OperationEntry> entries) {
        if (entries.isEmpty()) {
            return Uni.createFrom().item(List.of());
        }
        return records.weights(entries.stream().map(OperationEntry::telling).toList())
                .map(weights -> {
                    Map<Long, Integer> sizes = weights.stream()
                            .collect(Collectors.toMap(TrailSearch.Weight::number, TrailSearch.Weight::valueSize));
                    return entries.stream()
                            .map(entry -> sizes.getOrDefault(entry.telling(), 0))
                            .toList();
                });
    }

    private Uni<List<JsonNode>> operations(List<OperationEntry> entries) {
        return records.byNumber(entries.stream().map(OperationEntry::telling).toList())
                .map(found -> {
                    Map<Long, AuditRecord> byNumber =
                            found.stream().collect(Collectors.toMap(record -> record.number, record -> record));
                    return entries.stream()
                            .map(entry -> operation(byNumber.get(entry.telling())))
                            .toList();
                });
    }

    private static JsonNode operation(AuditRecord record) {
        if (!record.event.type().equals(EventType.COMMAND.type())) {
            return Json.parse(record.value);
        }
        Command command = Json.read(record.value, Command.class);
        return Json.tree(Operation.accepted(command, Optional.ofNullable(record.traceId)));
    }
}
