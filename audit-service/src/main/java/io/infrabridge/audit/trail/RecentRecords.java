package io.infrabridge.audit.trail;

import io.infrabridge.contract.EventType;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;

/** The latest records of the trail, the oldest of them first, for whoever has to learn anew after a start. Calls block. */
@ApplicationScoped
public class RecentRecords {
    private static final List<String> TYPES = List.of(
            EventType.COMMAND.type(), EventType.RESULT.type(), EventType.CATALOGUE.type(), EventType.SECURITY.type());
    private static final int A_PAGE = 500;

    private final TrailSearch search;

    RecentRecords(TrailSearch search) {
        this.search = search;
    }

    /** At most so many, all below this number. */
    public void latest(int most, long below, Consumer<AuditRecord> each) {
        List<Long> numbers = new ArrayList<>(Blocking.await(() -> search.numbers(TYPES, below, most)));
        Collections.reverse(numbers);
        for (int from = 0; from < numbers.size(); from += A_PAGE) {
            List<Long> page = numbers.subList(from, Math.min(numbers.size(), from + A_PAGE));
            List<AuditRecord> records = new ArrayList<>(Blocking.await(() -> search.byNumbers(page)));
            Collections.reverse(records);
            records.forEach(each);
        }
    }
}
