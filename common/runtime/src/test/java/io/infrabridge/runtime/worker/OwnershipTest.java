package io.infrabridge.runtime.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.infrabridge.runtime.execution.Fenced;
import io.infrabridge.runtime.execution.Running.Fence;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class OwnershipTest {
    private static final Duration LEASE = Duration.ofSeconds(10);

    private final AtomicLong now = new AtomicLong(-5);
    private final Ownership ownership = new Ownership(LEASE, now::get);

    @Test
    void isCertainForItsLeaseAfterTheGroupHasConfirmedIt() throws Exception {
        Fence fence = gained(3);
        ownership.confirmed(now.get());
        later(LEASE.minusMillis(1));

        fence.confirmed().subscribeAsCompletionStage().get(5, TimeUnit.SECONDS);
        assertThat(fence.held()).isTrue();
    }

    @Test
    void waitsOnceItsLeaseIsOverUntilItIsConfirmedAnew() throws Exception {
        Fence fence = gained(3);
        ownership.confirmed(now.get());
        later(LEASE);
        CompletableFuture<Void> certain = fence.confirmed().subscribeAsCompletionStage();
        // the answer to a question of long ago says nothing of now
        ownership.confirmed(now.get() - LEASE.toNanos());
        assertThat(certain).isNotDone();

        ownership.confirmed(now.get());

        certain.get(5, TimeUnit.SECONDS);
    }

    @Test
    void waitsForItsFirstConfirmation() throws Exception {
        assertThat(ownership.unconfirmedFor(Duration.ofSeconds(1))).isTrue();
        CompletableFuture<Void> certain = gained(3).confirmed().subscribeAsCompletionStage();
        assertThat(certain).isNotDone();

        ownership.confirmed(now.get());

        certain.get(5, TimeUnit.SECONDS);
        assertThat(ownership.unconfirmedFor(Duration.ofSeconds(1))).isFalse();
        later(Duration.ofSeconds(2));
        assertThat(ownership.unconfirmedFor(Duration.ofSeconds(1))).isTrue();
    }

    @Test
    void fencesWhatWaitsWhenThePartitionIsLostAndNothingElse() {
        CompletableFuture<Void> lost = gained(3).confirmed().subscribeAsCompletionStage();
        CompletableFuture<Void> kept = gained(4).confirmed().subscribeAsCompletionStage();

        ownership.ended(List.of(3, 7));

        assertThat(lost).failsWithin(Duration.ofSeconds(5)).withThrowableThat().withCauseInstanceOf(Fenced.class);
        assertThat(kept).isNotDone();
    }

    @Test
    void staysFencedThoughThePartitionComesBack() {
        Fence before = gained(3);
        ownership.ended(List.of(3));
        Fence after = gained(3);
        ownership.confirmed(now.get());

        assertThat(before.held()).isFalse();
        assertThat(before.confirmed().subscribeAsCompletionStage())
                .failsWithin(Duration.ofSeconds(5))
                .withThrowableThat()
                .withCauseInstanceOf(Fenced.class);
        assertThat(after.held()).isTrue();
    }

    @Test
    void ownsNothingThatItWasNotGiven() {
        assertThat(ownership.fence(5).held()).isFalse();
        assertThat(ownership.fence(5).confirmed().subscribeAsCompletionStage())
                .failsWithin(Duration.ofSeconds(5))
                .withThrowableThat()
                .withCauseInstanceOf(Fenced.class);
    }

    @Test
    void isCertainForLessThanTheGroupWaits() throws Exception {
        Ownership usual = Ownership.within(Duration.ofSeconds(15));
        usual.gained(List.of(1));
        usual.confirmed(System.nanoTime() - Duration.ofSeconds(11).toNanos());
        CompletableFuture<Void> certain = usual.fence(1).confirmed().subscribeAsCompletionStage();
        assertThat(certain).isNotDone();

        usual.confirmed(System.nanoTime());

        certain.get(5, TimeUnit.SECONDS);
    }

    private Fence gained(int partition) {
        ownership.gained(List.of(partition));
        return ownership.fence(partition);
    }

    private void later(Duration time) {
        now.addAndGet(time.toNanos());
    }
}
