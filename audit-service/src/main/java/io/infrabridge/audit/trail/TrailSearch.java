package io.infrabridge.audit.trail;

import io.quarkus.hibernate.reactive.panache.PanacheRepositoryBase;
import io.quarkus.hibernate.reactive.panache.common.WithSession;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads records back, newest first. */
@ApplicationScoped
public class TrailSearch implements PanacheRepositoryBase<AuditRecord, Long> {
    /** What must be known of a record before its value is fetched. */
    public record Weight(long number, int valueSize) {}

    @WithSession
    public Uni<Page<AuditRecord>> page(Criteria criteria, int limit) {
        return find("from AuditRecord where " + criteria.where() + " order by number desc", criteria.parameters())
                .project(Weight.class)
                .range(0, limit)
                .list()
                .chain(weights -> {
                    int count =
                            Page.count(weights.stream().map(Weight::valueSize).toList(), limit);
                    Optional<Long> next = count < weights.size()
                            ? Optional.of(weights.get(count - 1).number())
                            : Optional.empty();
                    List<Long> numbers = weights.subList(0, count).stream()
                            .map(Weight::number)
                            .toList();
                    return byNumber(numbers).map(records -> new Page<>(records, next));
                });
    }

    /** Numbers of the latest records of these types below this one, the highest first. */
    @WithSession
    Uni<List<Long>> numbers(List<String> types, long below, int most) {
        return find(
                        "select number from AuditRecord where event.type in (:types) and number < :below order by number desc",
                        Map.of("types", types, "below", below))
                .project(Long.class)
                .range(0, most - 1)
                .list();
    }

    @WithSession
    Uni<List<AuditRecord>> byNumbers(List<Long> numbers) {
        return byNumber(numbers);
    }

    Uni<List<Weight>> weights(List<Long> numbers) {
        return find("number in (:numbers)", Map.of("numbers", numbers))
                .project(Weight.class)
                .list();
    }

    Uni<List<AuditRecord>> byNumber(List<Long> numbers) {
        return numbers.isEmpty()
                ? Uni.createFrom().item(List.of())
                : list("number in (:numbers) order by number desc", Map.of("numbers", numbers));
    }
}
