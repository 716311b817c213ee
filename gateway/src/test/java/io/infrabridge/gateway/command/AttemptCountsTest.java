package io.infrabridge.gateway.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AttemptCountsTest {
    private final AttemptCounts counts = new AttemptCounts();

    @Test
    void addsUpWhatOneSenderTries() {
        for (int i = 0; i < 1000; i++) {
            counts.add(sender("192.0.2.1"), "401 GET /" + i);
        }

        assertThat(counts.drain())
                .containsExactly(new AttemptCounts.Counted(Optional.of(sender("192.0.2.1")), 1000, "401 GET /0"));
        assertThat(counts.drain()).isEmpty();
    }

    @Test
    void tellsCallersOfOneAddressApart() {
        counts.add(sender("192.0.2.1"), "a");
        counts.add(new AttemptCounts.Sender("192.0.2.1", Optional.of("key:reader")), "b");

        assertThat(counts.drain()).hasSize(2);
    }

    @Test
    void manySendersMakeFewRecords() {
        for (int i = 0; i < 5000; i++) {
            counts.add(sender("host-" + i), "401 GET /");
        }

        List<AttemptCounts.Counted> drained = counts.drain();

        assertThat(drained).hasSize(AttemptCounts.MOST_SENDERS + 1);
        AttemptCounts.Counted others = drained.get(AttemptCounts.MOST_SENDERS);
        assertThat(others.sender()).isEmpty();
        assertThat(others.count()).isEqualTo(5000 - AttemptCounts.MOST_SENDERS);
    }

    @ParameterizedTest
    @CsvSource({
        "401,false,/mcp,true",
        "403,false,/api/v1/tools,true",
        "413,false,/mcp,true",
        "400,false,/mcp,true",
        "429,false,/mcp,true",
        "404,false,/,false",
        "200,false,/q/metrics,false",
        "403,true,/api/v1/operations,false",
        "403,true,/api/v1/operations/1/cancel,true",
        "400,true,/mcp,false",
        "200,true,/mcp,false"
    })
    void countsWhatIsNotOnRecordOtherwise(int status, boolean known, String path, boolean counted) {
        assertThat(RefusedAttempts.turnedAway(status, known, path)).isEqualTo(counted);
    }

    private static AttemptCounts.Sender sender(String address) {
        return new AttemptCounts.Sender(address, Optional.empty());
    }
}
