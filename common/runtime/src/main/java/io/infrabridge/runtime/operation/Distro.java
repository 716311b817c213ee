package io.infrabridge.runtime.operation;

import java.util.Locale;
import java.util.Set;

/** The families of distributions, in the seed's words; Debian counts as Ubuntu, whose tools it shares. */
public enum Distro {
    NIXOS,
    UBUNTU,
    RHEL,
    OTHER;

    private static final Set<String> UBUNTU_LIKE = Set.of("ubuntu", "debian", "linuxmint", "raspbian");
    private static final Set<String> RHEL_LIKE = Set.of("rhel", "fedora", "centos", "rocky", "almalinux", "amzn", "ol");

    /** From {@code ID} and {@code ID_LIKE} of os-release(5). */
    public static Distro of(String id, String idLike) {
        for (String word : (id + " " + idLike).toLowerCase(Locale.ROOT).split("\\s+")) {
            if (word.equals("nixos")) {
                return NIXOS;
            }
            if (UBUNTU_LIKE.contains(word)) {
                return UBUNTU;
            }
            if (RHEL_LIKE.contains(word)) {
                return RHEL;
            }
        }
        return OTHER;
    }

    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
