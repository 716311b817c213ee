package io.infrabridge.runtime.allowance;

import io.infrabridge.contract.Reservation;
import io.infrabridge.contract.Reservation.Charge;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the reservations of the topic make of the accounts. Everybody who reads them in their order comes to the same: what an
 * account has left depends on the records of one span alone, each of which is whole in the topic.
 */
public final class AllowanceBook {
    /** Longer than any command waits; after it the operation cannot come again. */
    static final Duration REMEMBERED = Duration.ofDays(2);

    private final Map<Account, Integer> taken = new HashMap<>();
    private final Map<String, Entry> verdicts = new LinkedHashMap<>();
    private Instant now = Instant.MIN;

    /**
     * Whether there was room; the verdict on an operation stays what it was first. Throws a {@link java.time.DateTimeException}
     * for a span that is none.
     *
     * @param appended when the broker appended it
     */
    public synchronized Verdict apply(Reservation reservation, Instant appended) {
        // another broker's clock may be a little behind: time does not go back
        now = appended.isAfter(now) ? appended : now;
        forget();
        Entry before = verdicts.get(reservation.operation());
        if (before != null) {
            return before.verdict();
        }
        Verdict verdict = decide(reservation.charges());
        verdicts.put(reservation.operation(), new Entry(verdict, now));
        return verdict;
    }

    /** What was decided about an operation, if it is known. */
    public synchronized Optional<Verdict> find(String operation) {
        return Optional.ofNullable(verdicts.get(operation)).map(Entry::verdict);
    }

    /** All accounts must have room, or none is charged. */
    private Verdict decide(List<Charge> charges) {
        List<Account> accounts = new ArrayList<>();
        for (Charge charge : charges) {
            Account account = new Account(charge.account(), Span.at(charge.span(), now));
            if (taken.getOrDefault(account, 0) >= charge.most()) {
                return Verdict.none(charge.rule(), charge.most(), account.span().to());
            }
            accounts.add(account);
        }
        accounts.forEach(account -> taken.merge(account, 1, Integer::sum));
        return Verdict.ROOM;
    }

    private void forget() {
        taken.keySet().removeIf(account -> !account.span().to().isAfter(now));
        Iterator<Entry> oldest = verdicts.values().iterator();
        while (oldest.hasNext() && oldest.next().at().plus(REMEMBERED).isBefore(now)) {
            oldest.remove();
        }
    }

    private record Account(String name, Span span) {}

    private record Entry(Verdict verdict, Instant at) {}
}
