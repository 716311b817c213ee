package io.infrabridge.server.firewall;

import static org.assertj.core.api.Assertions.assertThat;

import io.infrabridge.runtime.value.Cidr;
import java.math.BigInteger;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NetworkTest {
    @ParameterizedTest
    @CsvSource({
        "10.0.0.5/24, 10.0.0.0/24",
        "10.0.0.5, 10.0.0.5",
        "10.0.0.5/32, 10.0.0.5",
        "255.255.255.255/1, 128.0.0.0/1",
        "2001:0DB8:0:0:1:0:0:1, 2001:db8::1:0:0:1",
        "2001:db8:0:1:1:1:1:1, 2001:db8:0:1:1:1:1:1",
        "2001:db8::5/32, 2001:db8::/32",
        "::1, ::1",
        "::, ::",
        "1::, 1::",
        "0:0:0:1::, 0:0:0:1::",
        "fe80::1/128, fe80::1"
    })
    void hasOneShortestForm(String written, String shortest) {
        assertThat(Network.of(new Cidr(written)).text()).isEqualTo(shortest);
    }

    @Test
    void containsWhatLiesInIt() {
        assertThat(network("10.0.0.0/8").contains(network("10.2.3.4"))).isTrue();
        assertThat(network("10.0.0.0/8").contains(network("11.2.3.4"))).isFalse();
        assertThat(network("10.2.3.4").contains(network("10.0.0.0/8"))).isFalse();
        assertThat(network("2001:db8::/32").contains(network("2001:db8:1::9"))).isTrue();
        assertThat(network("::/1").contains(network("10.2.3.4"))).isFalse();
    }

    @Test
    void readsAddressesAsHostsSayThem() {
        assertThat(Network.seen("fe80::1%eth0")).contains(network("fe80::1"));
        assertThat(Network.seen("::ffff:10.2.3.4")).contains(network("10.2.3.4"));
        assertThat(Network.seen("UNKNOWN")).isEmpty();
        assertThat(Network.seen("::ffff:10.2.3.400")).isEmpty();
    }

    @Test
    void isTheSameWhenItIsReadAgain() {
        Random random = new Random(7);
        for (int i = 0; i < 5_000; i++) {
            boolean ipv6 = random.nextBoolean();
            int width = ipv6 ? 128 : 32;
            // with runs of zeros, which the shortest form leaves out
            BigInteger bits = new BigInteger(width, random)
                    .and(new BigInteger(width, random))
                    .shiftRight(random.nextInt(width));
            Network network = new Network(ipv6, bits, random.nextInt(width + 1));
            assertThat(Network.of(new Cidr(network.text()))).isEqualTo(network);
            assertThat(network.contains(network)).isTrue();
        }
    }

    private static Network network(String text) {
        return Network.of(new Cidr(text));
    }
}
