package io.infrabridge.runtime.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.infrabridge.contract.Domain;
import io.infrabridge.contract.Topics;
import io.infrabridge.runtime.execution.Running.Fence;
import io.smallrye.mutiny.Uni;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.consumer.OffsetCommitCallback;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RebalanceInProgressException;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.Test;

/** What a worker makes of what its group tells it; the consumer says what a broker would. */
class AssignmentsTest {
    private static final TopicPartition ONE = new TopicPartition(Topics.commands(Domain.of("t")), 1);

    private final List<Object> committed = new ArrayList<>();
    private final List<Integer> resumed = new ArrayList<>();
    private final NoLedger ledger = new NoLedger();
    private final Ownership ownership = new Ownership(Duration.ofSeconds(60), System::nanoTime);
    private final Assignments assignments = new Assignments(this::resume, ledger, ownership);
    private boolean member = true;
    private boolean positioned = true;
    private Set<TopicPartition> assignment = Set.of(ONE);

    @Test
    void readsTheLedgerBeforeAnythingElseAndGoesOnWithWhatIsOpen() {
        ledger.open = 2;

        listener().onPartitionsAssigned(List.of(ONE));

        assertThat(ledger.loaded).containsExactly(1);
        assertThat(resumed).containsExactly(1, 1);
        assertThat(assignments.member()).isTrue();
        assertThat(assignments.fence(1).held()).isTrue();
    }

    @Test
    void fencesAndCommitsWhatIsRevoked() {
        ConsumerRebalanceListener listener = listener();
        listener.onPartitionsAssigned(List.of(ONE));
        Fence fence = assignments.fence(1);
        assignments.offsets().received(ONE, 7);
        assignments.offsets().safe(ONE, 7);

        listener.onPartitionsRevoked(List.of(ONE));

        assertThat(fence.held()).isFalse();
        assertThat(committed).containsExactly(Map.of(ONE, new OffsetAndMetadata(8)));
        assertThat(ledger.loaded).isEmpty();
    }

    @Test
    void fencesWhatIsLostAndCommitsNothing() {
        ConsumerRebalanceListener listener = listener();
        listener.onPartitionsAssigned(List.of(ONE));
        Fence fence = assignments.fence(1);

        listener.onPartitionsLost(List.of(ONE));

        assertThat(fence.held()).isFalse();
        assertThat(committed).isEmpty();
    }

    @Test
    void isCertainOnceTheGroupHasTakenACommit() {
        listener().onPartitionsAssigned(List.of(ONE));
        CompletableFuture<Void> certain = assignments.fence(1).confirmed().subscribeAsCompletionStage();
        assertThat(certain).isNotDone();

        assignments.confirm(consumer());
        assignments.confirm(consumer());

        assertThat(certain).succeedsWithin(Duration.ofSeconds(5));
        assertThat(committed).containsExactly(Map.of(ONE, new OffsetAndMetadata(5)));
    }

    @Test
    void commitsAgainWhereItWouldGoOnWhenRecordsHaveCome() {
        listener().onPartitionsAssigned(List.of(ONE));
        assignments.offsets().received(ONE, 9);

        assignments.confirm(consumer());

        assertThat(committed).containsExactly(Map.of(ONE, new OffsetAndMetadata(9)));
    }

    @Test
    void isNotCertainWhereTheGroupTakesNoneOrNothingCouldBeAsked() {
        listener().onPartitionsAssigned(List.of(ONE));
        CompletableFuture<Void> certain = assignments.fence(1).confirmed().subscribeAsCompletionStage();

        member = false;
        assignments.confirm(consumer());
        member = true;
        positioned = false;
        assignments.confirm(consumer());
        assignment = Set.of();
        assignments.confirm(consumer());

        assertThat(certain).isNotDone();
    }

    @Test
    void goesOnWithTheOthersWhereOneCannotBeResumed() {
        ledger.open = 3;
        ledger.broken = true;

        listener().onPartitionsAssigned(List.of(ONE));

        assertThat(resumed).hasSize(3);
        assertThat(assignments.member()).isTrue();
        assignments.membershipLost();
        assertThat(assignments.member()).isFalse();
    }

    private Uni<Void> resume(LedgerEntry entry, int partition, Fence fence) {
        resumed.add(partition);
        return ledger.broken
                ? Uni.createFrom().failure(new IllegalStateException("broken"))
                : Uni.createFrom().voidItem();
    }

    private ConsumerRebalanceListener listener() {
        return assignments.of(consumer());
    }

    @SuppressWarnings("unchecked")
    private Consumer<String, byte[]> consumer() {
        return (Consumer<String, byte[]>) Proxy.newProxyInstance(
                AssignmentsTest.class.getClassLoader(), new Class<?>[] {Consumer.class}, (self, method, arguments) -> {
                    switch (method.getName()) {
                        case "assignment":
                            return assignment;
                        case "position":
                            if (!positioned) {
                                throw new TimeoutException("not known yet");
                            }
                            return 5L;
                        case "commitSync":
                            committed.add(arguments[0]);
                            return null;
                        case "commitAsync":
                            if (member) {
                                committed.add(arguments[0]);
                            }
                            ((OffsetCommitCallback) arguments[1])
                                    .onComplete(Map.of(), member ? null : new RebalanceInProgressException());
                            return null;
                        default:
                            throw new UnsupportedOperationException(method.getName());
                    }
                });
    }

    private static final class NoLedger implements Ledger {
        private final List<Integer> loaded = new ArrayList<>();
        private int open;
        private boolean broken;

        @Override
        public void load(Collection<Integer> partitions) {
            loaded.addAll(partitions);
        }

        @Override
        public void drop(Collection<Integer> partitions) {
            loaded.removeAll(partitions);
        }

        @Override
        public Optional<LedgerEntry> find(int partition, String key) {
            return Optional.empty();
        }

        @Override
        public List<LedgerEntry> open(int partition) {
            return java.util.stream.IntStream.range(0, open)
                    .mapToObj(number -> new LedgerEntry(
                            "gateway",
                            "o" + number,
                            "hash",
                            LedgerEntry.Phase.FINISHED,
                            Optional.empty(),
                            Optional.empty(),
                            Optional.empty(),
                            Optional.empty(),
                            Optional.of(new byte[0]),
                            java.time.Instant.now()))
                    .toList();
        }

        @Override
        public Uni<Void> write(int partition, LedgerEntry entry) {
            return Uni.createFrom().voidItem();
        }

        @Override
        public void published(int partition, String key) {}
    }
}
