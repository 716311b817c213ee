package io.infrabridge.verifier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.infrabridge.contract.InvalidContract;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RecordHashTest {
    private static final String BEFORE = "0".repeat(64);

    @Test
    void isWhatTheDocumentSays() throws Exception {
        var bytes = new java.io.ByteArrayOutputStream();
        var out = new java.io.DataOutputStream(bytes);
        out.writeBytes("infra-audit-record-v1\0");
        out.write(new byte[32]);
        for (String name : RecordHash.COLUMNS) {
            out.writeInt(name.length());
            out.writeBytes(name);
            if (name.equals("target")) {
                out.writeInt(3);
                out.write(new byte[] {'n', (byte) 0xc3, (byte) 0xa4});
            } else {
                out.writeInt(-1);
            }
        }

        assertThat(RecordHash.of(BEFORE, Map.of("target", "nä"))).isEqualTo(RecordHash.ofBytes(bytes.toByteArray()));
    }

    @Test
    void differsForEveryColumnAndBetweenNothingAndEmpty() {
        Set<String> hashes = new HashSet<>();
        hashes.add(RecordHash.of(BEFORE, Map.of()));
        for (String name : RecordHash.COLUMNS) {
            hashes.add(RecordHash.of(BEFORE, Map.of(name, "")));
            hashes.add(RecordHash.of(BEFORE, Map.of(name, "x")));
        }
        hashes.add(RecordHash.of("1".repeat(64), Map.of()));

        assertThat(hashes).hasSize(2 * RecordHash.COLUMNS.size() + 2);
    }

    @Test
    void textCannotMoveFromOneColumnToTheNext() {
        assertThat(RecordHash.of(BEFORE, Map.of("tool", "ab", "action", "c")))
                .isNotEqualTo(RecordHash.of(BEFORE, Map.of("tool", "a", "action", "bc")));
    }

    @Test
    void genesisIsOfOneChainAndOnePlace() {
        assertThat(Set.of(RecordHash.genesis("a", 1), RecordHash.genesis("a", 2), RecordHash.genesis("a1", 1)))
                .hasSize(3);
    }

    @Test
    void saysWhichAlgorithmIsNotThere() {
        assertThatThrownBy(() -> RecordHash.digest("SHA-1024")).hasMessageContaining("SHA-1024");
    }

    @Test
    void aRecordHasItsOwnColumnsAndNoOthers() {
        refuses("colour", Map.of("colour", "red"));
        refuses("chain", Map.of());
        refuses("number", Map.of("chain", "a", "chain_sequence", "1"));
        refuses("chain_sequence", Map.of("chain", "a", "number", "1", "chain_sequence", "one"));
    }

    private static void refuses(String property, Map<String, String> columns) {
        assertThatThrownBy(() -> ChainRecord.of(new HashMap<>(columns), BEFORE, BEFORE))
                .isInstanceOf(InvalidContract.class)
                .hasMessageContaining(property);
    }
}
