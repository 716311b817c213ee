package io.infrabridge.runtime.allowance;

import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import io.github.bucket4j.TimeMeter;
import io.infrabridge.trust.policy.Allowance.PerTarget;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The rates of targets. The owner of a target's partition keeps them, so a new owner begins with full ones. */
public final class TargetBuckets {
    private final Clock clock;
    private final TimeMeter time;
    private final Map<Key, Limited> buckets = new HashMap<>();

    public TargetBuckets(Clock clock) {
        this.clock = clock;
        this.time = new ClockTime(clock);
    }

    /** Takes one operation from each, or none from any. */
    public synchronized Verdict take(String target, List<PerTarget> limits) {
        List<Bucket> taken = new ArrayList<>();
        for (PerTarget limit : limits) {
            Bucket bucket = bucket(target, limit);
            ConsumptionProbe probe = bucket.tryConsumeAndReturnRemaining(1);
            if (!probe.isConsumed()) {
                taken.forEach(earlier -> earlier.addTokens(1));
                Instant retryAt = clock.instant().plusNanos(probe.getNanosToWaitForRefill());
                return Verdict.none(limit.rule(), limit.operations(), retryAt);
            }
            taken.add(bucket);
        }
        return Verdict.ROOM;
    }

    /** For an operation that was refused for another reason after all. */
    public synchronized void giveBack(String target, List<PerTarget> limits) {
        limits.forEach(limit -> bucket(target, limit).addTokens(1));
    }

    /** A limit that was changed begins anew. */
    private Bucket bucket(String target, PerTarget limit) {
        Key key = new Key(target, limit.rule());
        Limited known = buckets.get(key);
        if (known == null || !known.limit().equals(limit)) {
            known = new Limited(limit, full(limit));
            buckets.put(key, known);
        }
        return known.bucket();
    }

    private Bucket full(PerTarget limit) {
        return Bucket.builder()
                .withCustomTimePrecision(time)
                .addLimit(one -> one.capacity(limit.operations()).refillGreedy(limit.operations(), limit.period()))
                .build();
    }

    private record Key(String target, String rule) {}

    private record Limited(PerTarget limit, Bucket bucket) {}

    private record ClockTime(Clock clock) implements TimeMeter {
        @Override
        public long currentTimeNanos() {
            return clock.millis() * 1_000_000;
        }

        @Override
        public boolean isWallClockBased() {
            return true;
        }
    }
}
