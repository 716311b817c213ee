package io.infrabridge.runtime.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.infrabridge.contract.InvalidContract;
import io.infrabridge.runtime.worker.LedgerEntry.Phase;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LedgerPartTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final Duration MEMORY = Duration.ofDays(8);

    private final LedgerPart part = new LedgerPart(MEMORY);

    @Test
    void ignoresWhatAnEarlierOwnerWroteAfterALaterOne() {
        part.read(new LedgerRecord(1, 1, 1, claimed("a", NOW)));
        part.read(new LedgerRecord(2, 2, 1, finished("b", NOW)));
        part.read(new LedgerRecord(1, 2, 1, finished("a", NOW)));
        part.own();

        assertThat(part.find("i/a").orElseThrow().phase()).isEqualTo(Phase.CLAIMED);
    }

    @Test
    void keepsAnEndWhateverComesAfterIt() {
        part.read(new LedgerRecord(1, 1, 1, finished("a", NOW)));
        part.read(new LedgerRecord(1, 2, 1, claimed("a", NOW)));
        part.read(new LedgerRecord(1, 3, 3, finished("a", NOW.plusSeconds(1))));

        assertThat(part.find("i/a").orElseThrow().finished()).isTrue();
        assertThat(part.find("i/a").orElseThrow().at()).isEqualTo(NOW.plusSeconds(1));
    }

    @Test
    void writesUnderATermOfItsOwn() {
        part.read(new LedgerRecord(4, 9, 9, claimed("a", NOW)));
        part.own();

        assertThat(part.next(claimed("b", NOW))).isEqualTo(new LedgerRecord(5, 10, 10, claimed("b", NOW)));
    }

    @Test
    void namesAsOpenWhatHasNoOutcomeOrOneThatMayNotBePublished() {
        part.read(new LedgerRecord(1, 1, 1, finished("published", NOW)));
        part.read(new LedgerRecord(1, 2, 2, claimed("claimed", NOW)));
        part.read(new LedgerRecord(1, 3, 3, finished("recorded", NOW)));
        part.own();

        assertThat(part.open()).extracting(LedgerEntry::id).containsExactly("claimed", "recorded");
    }

    @Test
    void tellsWithEveryRecordWhichResultsArePublished() {
        part.own();
        LedgerEntry first = finished("first", NOW);
        assertThat(part.next(first).settled()).isEqualTo(1);
        part.written(first);
        assertThat(part.next(claimed("b", NOW)).settled()).isEqualTo(1);
        assertThat(part.open()).extracting(LedgerEntry::id).containsExactly("first");

        part.published("i/first");

        assertThat(part.next(claimed("c", NOW)).settled()).isEqualTo(3);
        assertThat(part.open()).isEmpty();
    }

    @Test
    void forgetsWhatEndedLongAgoAndNothingElse() {
        part.written(finished("old", NOW.minus(MEMORY).minusSeconds(1)));
        part.written(claimed("waiting", NOW.minus(MEMORY).minusSeconds(1)));
        part.written(finished("younger", NOW.minus(MEMORY)));
        part.written(finished("new", NOW));

        assertThat(part.find("i/old")).isEmpty();
        assertThat(part.find("i/waiting")).isPresent();
        assertThat(part.find("i/younger")).isPresent();
        assertThat(part.find("i/new")).isPresent();
    }

    @Test
    void refusesAnEntryThatLacksWhatItsPhaseNeeds() {
        for (Phase phase : Phase.values()) {
            assertThatThrownBy(() -> entry("a", phase, NOW, Optional.empty(), Optional.empty()))
                    .isInstanceOf(InvalidContract.class);
        }
        Optional<LedgerEntry.Request> request = Optional.of(new LedgerEntry.Request(new byte[1], Map.of()));
        assertThatThrownBy(() -> entry("a", Phase.PARKED, NOW, request, Optional.empty()))
                .isInstanceOf(InvalidContract.class);
        assertThatThrownBy(() -> entry("a", Phase.BEGUN, NOW, request, Optional.empty()))
                .isInstanceOf(InvalidContract.class);
    }

    private static LedgerEntry claimed(String id, Instant at) {
        return entry(id, Phase.CLAIMED, at, Optional.of(REQUEST), Optional.empty());
    }

    private static LedgerEntry finished(String id, Instant at) {
        return entry(id, Phase.FINISHED, at, Optional.empty(), Optional.of(new byte[0]));
    }

    private static final LedgerEntry.Request REQUEST = new LedgerEntry.Request(new byte[0], Map.of());

    private static LedgerEntry entry(
            String id, Phase phase, Instant at, Optional<LedgerEntry.Request> request, Optional<byte[]> result) {
        return new LedgerEntry(
                "i", id, "hash", phase, request, Optional.empty(), Optional.empty(), Optional.empty(), result, at);
    }
}
