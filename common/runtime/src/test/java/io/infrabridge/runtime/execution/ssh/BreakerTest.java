package io.infrabridge.runtime.execution.ssh;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BreakerTest {
    private static final Instant START = Instant.parse("2026-03-01T10:00:00Z");

    private final Moving clock = new Moving();
    private double chance;
    private final Breaker breaker = new Breaker(
            SshFixture.settings(Map.of(
                            "infrabridge.ssh.breaker.failures", "3",
                            "infrabridge.ssh.breaker.first-pause", "PT8S",
                            "infrabridge.ssh.breaker.longest-pause", "PT20S"))
                    .breaker(),
            clock,
            () -> chance);

    @Test
    void letsEverybodyThroughBeforeTheLastFailure() {
        assertThat(breaker.failed()).isFalse();
        clock.add(5);
        assertThat(breaker.failed()).isFalse();

        assertThat(breaker.rest()).isEmpty();
        assertThat(breaker.admit()).isEmpty();
        assertThat(breaker.admit()).as("side by side").isEmpty();
    }

    @Test
    void saysSinceWhenAndUntilWhenItLeavesTheHostAlone() {
        chance = 0.5;
        breaker.failed();
        clock.add(5);
        breaker.failed();

        assertThat(breaker.failed()).isTrue();

        assertThat(breaker.rest()).contains(new Breaker.Rest(START, START.plusSeconds(5 + 6)));
        assertThat(breaker.admit()).isPresent();
    }

    @Test
    void beginsToCountAnewAfterASuccess() {
        breaker.failed();
        breaker.failed();
        assertThat(breaker.succeeded()).isFalse();
        breaker.failed();
        breaker.failed();

        assertThat(breaker.rest()).isEmpty();
    }

    @Test
    void letsOneThroughAfterThePause() {
        open();
        clock.add(4);

        assertThat(breaker.rest()).isEmpty();
        assertThat(breaker.admit()).isEmpty();
        assertThat(breaker.admit()).as("the second").isPresent();
        assertThat(breaker.rest()).isPresent();
    }

    @Test
    void isOpenToAllAfterOneSuccess() {
        open();
        clock.add(4);
        breaker.admit();

        assertThat(breaker.succeeded()).isTrue();
        assertThat(breaker.admit()).isEmpty();
        assertThat(breaker.admit()).isEmpty();
    }

    @Test
    void waitsLongerAfterEveryFurtherFailureUpToItsLongestPause() {
        open();
        for (int half : new int[] {4, 8, 10, 10}) {
            clock.add(half - 1);
            assertThat(breaker.admit()).as("before %d s", half).isPresent();
            clock.add(1);
            assertThat(breaker.admit()).as("after %d s", half).isEmpty();
            assertThat(breaker.failed()).as("no news").isFalse();
        }
    }

    @Test
    void beginsWithItsShortestPauseAgain() {
        open();
        clock.add(4);
        breaker.admit();
        breaker.failed();
        clock.add(8);
        breaker.admit();
        breaker.succeeded();
        open();

        clock.add(4);
        assertThat(breaker.admit()).isEmpty();
    }

    @Test
    void letsAnotherThroughWhenAnAttemptSaidNothing() {
        open();
        clock.add(4);
        breaker.admit();
        breaker.withdrawn();

        assertThat(breaker.admit()).isEmpty();
    }

    private void open() {
        breaker.failed();
        breaker.failed();
        assertThat(breaker.failed()).isTrue();
    }

    private static final class Moving extends Clock {
        private Instant now = START;

        void add(long seconds) {
            now = now.plus(Duration.ofSeconds(seconds));
        }

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
