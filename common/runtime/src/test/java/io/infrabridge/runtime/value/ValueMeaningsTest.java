package io.infrabridge.runtime.value;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What values say beyond their text. */
class ValueMeaningsTest {
    @Test
    void portsAreARangeOfOneOrMore() {
        PortRange range = PortRange.of(8000, 8100);

        assertThat(range.first()).isEqualTo(8000);
        assertThat(range.last()).isEqualTo(8100);
        assertThat(range.single()).isFalse();
        assertThat(range.contains(7999)).isFalse();
        assertThat(range.contains(8000)).isTrue();
        assertThat(range.contains(8101)).isFalse();
        assertThat(range).hasToString("8000-8100");
        assertThat(PortRange.of(22, 22)).isEqualTo(new PortRange("22"));
        assertThat(new PortRange("22").single()).isTrue();
        assertThat(new PortRange("22").last()).isEqualTo(22);
    }

    @Test
    void permissionsHaveOneSpelling() {
        assertThat(new FileMode("644")).isEqualTo(new FileMode("0644")).hasToString("0644");
        assertThat(new FileMode("0750").bits()).isEqualTo(0750);
    }

    @Test
    void parameterOfTheKernelHasItsFile() {
        assertThat(new SysctlKey("net.ipv4.tcp_keepalive_time").file())
                .isEqualTo("/proc/sys/net/ipv4/tcp_keepalive_time");
        assertThat(new SysctlKey("vm.swappiness")).hasToString("vm.swappiness");
    }

    @Test
    void keysAreTheSameWhateverTheirComments() {
        String key = SshPublicKey.class.getAnnotation(Text.class).example();
        String[] parts = key.split(" ");

        assertThat(new SshPublicKey(key).key()).isEqualTo(parts[0] + " " + parts[1]);
        assertThat(new SshPublicKey(key)).hasToString(key);
    }
}
