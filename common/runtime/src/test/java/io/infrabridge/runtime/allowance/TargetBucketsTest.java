package io.infrabridge.runtime.allowance;

import static org.assertj.core.api.Assertions.assertThat;

import io.infrabridge.trust.policy.Allowance.PerTarget;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;

class TargetBucketsTest {
    private static final PerTarget TWO = new PerTarget("limit:two", 2, Duration.ofMinutes(1));
    private static final PerTarget ONE = new PerTarget("limit:one", 1, Duration.ofHours(1));

    private final MovingClock clock = new MovingClock();
    private final TargetBuckets buckets = new TargetBuckets(clock);

    @Test
    void letsThroughSoManyAtOnceAndAsManyAgainOverThePeriod() {
        assertThat(buckets.take("t1", List.of(TWO))).isEqualTo(Verdict.ROOM);
        assertThat(buckets.take("t1", List.of(TWO))).isEqualTo(Verdict.ROOM);
        assertThat(buckets.take("t1", List.of(TWO))).isEqualTo(Verdict.none("limit:two", 2, clock.now.plusSeconds(30)));

        clock.now = clock.now.plusMillis(29_999);
        assertThat(buckets.take("t1", List.of(TWO)).exhausted()).isPresent();
        clock.now = clock.now.plusMillis(1);
        assertThat(buckets.take("t1", List.of(TWO))).isEqualTo(Verdict.ROOM);
        assertThat(buckets.take("t1", List.of(TWO)).exhausted()).isPresent();
    }

    @Test
    void countsTargetsApart() {
        buckets.take("t1", List.of(ONE));

        assertThat(buckets.take("t1", List.of(ONE)).exhausted()).isPresent();
        assertThat(buckets.take("t2", List.of(ONE))).isEqualTo(Verdict.ROOM);
    }

    @Test
    void takesFromNoneWhereOneIsEmpty() {
        buckets.take("t1", List.of(ONE));
        for (int i = 0; i < 5; i++) {
            assertThat(buckets.take("t1", List.of(TWO, ONE)).exhausted())
                    .map(Verdict.Exhausted::rule)
                    .contains("limit:one");
        }

        assertThat(buckets.take("t1", List.of(TWO))).isEqualTo(Verdict.ROOM);
        assertThat(buckets.take("t1", List.of(TWO))).isEqualTo(Verdict.ROOM);
    }

    @Test
    void hasAgainWhatIsGivenBack() {
        buckets.take("t1", List.of(ONE));
        buckets.giveBack("t1", List.of(ONE));

        assertThat(buckets.take("t1", List.of(ONE))).isEqualTo(Verdict.ROOM);
    }

    @Test
    void aChangedLimitBeginsAnew() {
        buckets.take("t1", List.of(ONE));
        PerTarget wider = new PerTarget("limit:one", 2, Duration.ofHours(1));

        assertThat(buckets.take("t1", List.of(wider))).isEqualTo(Verdict.ROOM);
        assertThat(buckets.take("t1", List.of(wider))).isEqualTo(Verdict.ROOM);
        assertThat(buckets.take("t1", List.of(wider)).exhausted()).isPresent();
    }

    private static final class MovingClock extends Clock {
        private Instant now = Instant.parse("2026-03-04T12:00:00Z");

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return now;
        }
    }
}
