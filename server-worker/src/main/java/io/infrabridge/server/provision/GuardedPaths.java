package io.infrabridge.server.provision;

import io.infrabridge.contract.Category;
import io.infrabridge.runtime.operation.Plan;
import io.infrabridge.runtime.value.AbsolutePath;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What decides who may log in and become root, what runs as root by itself, and what other operations keep: no file there is
 * written by provisioning, whoever asks.
 */
final class GuardedPaths {
    private static final Pattern LOGIN =
            Pattern.compile("/etc/(sudo[^/]*|(g?shadow|passwd|group|subuid|subgid)-?|pam\\.(d|conf)|security|ssh"
                    + "|nsswitch\\.conf|login\\.defs|hosts\\.(allow|deny)|polkit-1|dbus-1|selinux|apparmor[^/]*)(/.*)?"
                    + "|.*/\\.ssh(/.*)?|.*/authorized_keys[^/]*");

    private static final Pattern STARTED = Pattern.compile(
            "/etc/((ana)?cron[^/]*|at\\.(allow|deny)|systemd|init[^/]*|rc[^/]*|profile[^/]*|bash[^/]*|zsh|csh[^/]*"
                    + "|environment|ld\\.so\\.[^/]*|udev|modprobe\\.d|modules[^/]*|modules-load\\.d|binfmt\\.d|tmpfiles\\.d"
                    + "|kernel|dracut[^/]*|grub[^/]*|fstab|crypttab|logrotate[^/]*|update-motd\\.d|NetworkManager|network"
                    + "|apt|dpkg|dnf|yum[^/]*|rpm|skel|xdg|default|needrestart|kernel-img\\.conf|X11)(/.*)?"
                    + "|/usr/local/lib/(systemd|udev)(/.*)?|.*/\\.(bash|z|c|tc|k)[a-z_]*(rc|profile|login|logout|env)|.*/\\.profile"
                    + "|.*/\\.(config/)?(systemd|autostart)(/.*)?"
                    + "|/var/lib/(dpkg|rpm|dnf|apt|systemd|dbus|polkit-1|pam|sudo|extrausers|AccountsService|cloud)(/.*)?");

    private static final Pattern KEPT_BY_OTHERS =
            Pattern.compile("/etc/(sysctl\\.(d|conf)|hostname|machine-id|localtime|timezone"
                    + "|ufw|firewalld|infrabridge|nftables\\.conf|iptables|nixos|nix|mtab|resolv\\.conf)(/.*)?|/var/lib/infrabridge(/.*)?"
                    + "|.*\\.infrabridge");

    private GuardedPaths() {}

    /** Why no file may be written there, where none may; to be asked before anything is looked at. */
    static Optional<Plan> refusal(AbsolutePath path) {
        if (LOGIN.matcher(path.value()).matches()) {
            return Optional.of(
                    refuse(path, "decides who may log in or become root", "Use section users for accounts and keys."));
        }
        if (STARTED.matcher(path.value()).matches()) {
            return Optional.of(refuse(
                    path,
                    "is run or read by root or at logins without anybody asking",
                    "Bring it in a package, and use section services for what shall run."));
        }
        if (KEPT_BY_OTHERS.matcher(path.value()).matches()) {
            return Optional.of(refuse(
                    path, "is kept by other operations", "Use the sections sysctl, hostname, timezone and firewall."));
        }
        return Optional.empty();
    }

    private static Plan refuse(AbsolutePath path, String why, String hint) {
        return Plan.refuse(Category.INVALID_ARGUMENT, path + " " + why + ", so it is not written as a file.", hint);
    }
}
