package io.infrabridge.runtime.operation;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code ID} and {@code ID_LIKE} as the distributions' own os-release(5) have them. */
class DistroTest {
    @ParameterizedTest
    @CsvSource({
        "ubuntu, debian, UBUNTU",
        "debian, '', UBUNTU",
        "linuxmint, 'ubuntu debian', UBUNTU",
        "linuxmint, '', UBUNTU",
        "rhel, fedora, RHEL",
        "rocky, 'rhel centos fedora', RHEL",
        "almalinux, 'rhel centos fedora', RHEL",
        "centos, 'rhel fedora', RHEL",
        "fedora, '', RHEL",
        "amzn, fedora, RHEL",
        "amzn, '', RHEL",
        "ol, fedora, RHEL",
        "nixos, '', NIXOS",
        "alpine, '', OTHER",
        "arch, '', OTHER",
        "opensuse-leap, 'suse opensuse', OTHER",
        "'', '', OTHER"
    })
    void isOneOfThreeFamiliesOrNone(String id, String like, Distro family) {
        assertThat(Distro.of(id, like)).isEqualTo(family);
    }
}
