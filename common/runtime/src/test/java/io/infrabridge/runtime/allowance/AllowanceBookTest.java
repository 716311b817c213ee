package io.infrabridge.runtime.allowance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.infrabridge.contract.Reservation;
import io.infrabridge.contract.Reservation.Charge;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AllowanceBookTest {
    private static final Charge RATE = new Charge("limit:a", "limit:a/nfs", 2, "PT1H");
    private static final Charge QUOTA = new Charge("quota:b", "quota:b/key:x", 2, "Europe/Berlin");

    private final AllowanceBook book = new AllowanceBook();

    @Test
    void admitsAsManyAsTheAccountHasAndSaysWhenItHasMore() {
        assertThat(take("1", "2026-03-04T12:00:00Z", RATE)).isEqualTo(Verdict.ROOM);
        assertThat(take("2", "2026-03-04T12:59:59.999Z", RATE)).isEqualTo(Verdict.ROOM);
        assertThat(take("3", "2026-03-04T12:59:59.999Z", RATE))
                .isEqualTo(Verdict.none("limit:a", 2, Instant.parse("2026-03-04T13:00:00Z")));
        assertThat(take("4", "2026-03-04T13:00:00Z", RATE)).isEqualTo(Verdict.ROOM);
    }

    @ParameterizedTest
    @CsvSource({
        // the days on which Berlin's clocks change are 23 and 25 hours long
        "2026-03-28T23:00:00Z, 2026-03-29T21:59:59.999Z, 2026-03-29T22:00:00Z",
        "2026-10-24T22:00:00Z, 2026-10-25T22:59:59.999Z, 2026-10-25T23:00:00Z",
        "2026-07-03T22:00:00Z, 2026-07-04T21:59:59.999Z, 2026-07-04T22:00:00Z",
    })
    void aQuotaHasTheDayOfItsZone(String first, String last, String next) {
        take("1", first, QUOTA);
        take("2", last, QUOTA);

        assertThat(take("3", last, QUOTA)).isEqualTo(Verdict.none("quota:b", 2, Instant.parse(next)));
        assertThat(take("4", next, QUOTA)).isEqualTo(Verdict.ROOM);
    }

    @Test
    void chargesNoAccountWhereOneHasNoRoom() {
        Charge full = new Charge("limit:full", "limit:full/nfs", 1, "PT1H");
        take("1", "2026-03-04T12:00:00Z", full);
        for (int i = 0; i < 5; i++) {
            assertThat(take("both" + i, "2026-03-04T12:00:00Z", RATE, full).exhausted())
                    .map(Verdict.Exhausted::rule)
                    .contains("limit:full");
        }

        assertThat(take("2", "2026-03-04T12:00:00Z", RATE)).isEqualTo(Verdict.ROOM);
        assertThat(take("3", "2026-03-04T12:00:00Z", RATE)).isEqualTo(Verdict.ROOM);
        assertThat(take("4", "2026-03-04T12:00:00Z", RATE).exhausted()).isPresent();
    }

    @Test
    void decidesOnAnOperationOnce() {
        take("1", "2026-03-04T12:00:00Z", RATE);
        take("1", "2026-03-04T12:00:00Z", RATE);
        take("2", "2026-03-04T12:00:00Z", RATE);
        Verdict third = take("3", "2026-03-04T12:00:00Z", RATE);

        assertThat(third.exhausted()).isPresent();
        assertThat(take("3", "2026-03-04T13:00:00Z", RATE)).isEqualTo(third);
        assertThat(book.find("1")).contains(Verdict.ROOM);
        assertThat(book.find("3")).contains(third);
        assertThat(book.find("4")).isEmpty();
    }

    @Test
    void countsAccountsApart() {
        Charge other = new Charge("limit:a", "limit:a/nas", 2, "PT1H");
        take("1", "2026-03-04T12:00:00Z", RATE);
        take("2", "2026-03-04T12:00:00Z", RATE);

        assertThat(take("3", "2026-03-04T12:00:00Z", other)).isEqualTo(Verdict.ROOM);
    }

    @Test
    void comesToTheSameWhereverInAnEarlierSpanItBeginsToRead() {
        AllowanceBook late = new AllowanceBook();
        for (int i = 0; i < 5; i++) {
            take("early" + i, "2026-03-04T11:30:00Z", RATE);
        }
        for (int i = 0; i < 4; i++) {
            Reservation reservation = new Reservation("op/" + i, "nfs", List.of(RATE));
            Instant at = Instant.parse("2026-03-04T12:10:00Z");
            assertThat(late.apply(reservation, at)).isEqualTo(book.apply(reservation, at));
        }
    }

    @Test
    void doesNotGoBackInTime() {
        take("1", "2026-03-04T12:00:00Z", RATE);
        take("2", "2026-03-04T11:59:59Z", RATE);

        assertThat(take("3", "2026-03-04T11:59:59Z", RATE).exhausted()).isPresent();
    }

    @Test
    void forgetsAnOperationThatCannotComeAgain() {
        take("1", "2026-03-04T12:00:00Z", RATE);
        take("2", "2026-03-06T12:00:00Z", RATE);
        assertThat(book.find("1")).isPresent();

        take("3", "2026-03-06T12:00:00.001Z", RATE);
        assertThat(book.find("1")).isEmpty();
        assertThat(book.find("2")).isPresent();
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT0S", "PT-1H", "PT0.5S", "PT", "Mars/Base", "P1D"})
    void refusesASpanThatIsNone(String span) {
        Charge charge = new Charge("limit:a", "limit:a/nfs", 2, span);

        assertThatThrownBy(() -> take("1", "2026-03-04T12:00:00Z", charge)).isInstanceOf(DateTimeException.class);
        assertThat(book.find("1")).isEmpty();
    }

    private Verdict take(String operation, String at, Charge... charges) {
        return book.apply(new Reservation(operation, "nfs", List.of(charges)), Instant.parse(at));
    }
}
