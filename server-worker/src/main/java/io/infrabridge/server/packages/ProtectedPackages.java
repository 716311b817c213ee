package io.infrabridge.server.packages;

import io.infrabridge.server.packages.Inventory.Entry;
import java.util.regex.Pattern;

/** What a host needs to be reached, to boot or to install anything again; it is never removed. */
final class ProtectedPackages {
    private static final Pattern NAMES = Pattern.compile("apt|dpkg|init|sudo|libc6|dbus|systemd|systemd-sysv"
            + "|openssh-server|openssh-sftp-server|libpam-.*|linux-image-.*|linux-generic|grub-.*|shim-signed"
            + "|network-manager|netplan\\.io|ifupdown"
            // rpm does not say itself what is essential
            + "|dnf|dnf5|yum|rpm|python3-dnf|glibc|bash|coreutils|filesystem|setup|pam|dbus-broker|openssh|systemd-udev"
            + "|kernel|kernel-core|kernel-modules|kernel-modules-core|grub2-.*|shim-.*|dracut|NetworkManager"
            + "|[a-z]+-release");

    private ProtectedPackages() {}

    static boolean contain(Entry entry) {
        return entry.essential() || NAMES.matcher(entry.name()).matches();
    }
}
