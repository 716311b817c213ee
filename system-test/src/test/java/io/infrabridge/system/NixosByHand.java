package io.infrabridge.system;

import java.util.List;
import java.util.stream.Stream;

/** The lab's host that is like NixOS, seen and prepared by other means. */
final class NixosByHand {
    static final String HOST = "nixos1";
    static final String DATA = "/etc/nixos/infrabridge.json";

    private static final String CHANNELS = "/nix/var/nix/profiles/per-user/root/channels";
    private static final String MORE = "/etc/nixos/hardware-configuration.nix";
    private static final String NOTHING_MORE = "{ ... }: { }";

    private NixosByHand() {}

    static String system() {
        return Lab.on(HOST, "readlink", "/run/current-system").successful().strip();
    }

    static String data() {
        return Lab.on(HOST, "cat", DATA).successful();
    }

    static List<String> programs() {
        return Lab.on(HOST, "ls", "/run/current-system/sw/bin")
                .successful()
                .lines()
                .toList();
    }

    /** What a practice package says of itself. */
    static String version(String program) {
        return Lab.on(HOST, "/run/current-system/sw/bin/" + program)
                .successful()
                .strip()
                .replace(program + " ", "");
    }

    static String channel() {
        return Lab.on(HOST, "readlink", CHANNELS).successful().strip();
    }

    /** So that they are fetched by whoever updates. */
    static void letChannelsBeOld() {
        sudo("touch", "--no-dereference", "--date=yesterday", CHANNELS);
    }

    /** Another file of the administrator says this. */
    static void declareBesides(String configuration) {
        Lab.given(configuration, HOST, "sudo", "-n", "tee", MORE).successful();
    }

    static void declareNothingBesides() {
        declareBesides(NOTHING_MORE);
    }

    /** Nothing is declared by us, and the channels are at their first revision. */
    static void restore() {
        boolean other = !channel().equals("channels-1-link")
                || !Lab.on(HOST, "cat", MORE).successful().strip().equals(NOTHING_MORE)
                || Lab.on(HOST, "test", "-e", DATA).exitCode() == 0;
        if (other) {
            declareNothingBesides();
            sudo("nix-channel", "--rollback", "1");
            sudo("rm", "-f", DATA);
            sudo("nixos-rebuild", "switch");
            // which nothing declares now, and what nothing declares stays
            sudo("ln", "-sfn", "/usr/share/zoneinfo/Etc/UTC", "/etc/localtime");
        }
        // of a service that is no longer there
        sudo("systemctl", "reset-failed");
        sudo("nix-env", "--profile", CHANNELS, "--delete-generations", "old");
    }

    static String sudo(String... words) {
        return Lab.on(
                        HOST,
                        Stream.concat(Stream.of("sudo", "-n"), Stream.of(words)).toArray(String[]::new))
                .successful();
    }
}
