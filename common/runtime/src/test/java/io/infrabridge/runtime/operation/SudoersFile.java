package io.infrabridge.runtime.operation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The sudoers file of one worker on one distribution, from what its operations declare to run as root. It is kept in
 * {@code deploy/sudoers}; {@code -Dinfrabridge.regenerate=true} writes it anew.
 */
public final class SudoersFile {
    private static final Set<String> IN_SBIN =
            Set.of("exportfs", "lvs", "sysctl", "ufw", "useradd", "userdel", "usermod", "vgs", "zfs", "zpool");
    private static final Set<String> IN_SBIN_OF_RHEL = Set.of("btrfs", "ss");

    private final String module;
    private final Distro distro;
    private final Collection<Programs> declared;

    private SudoersFile(String module, Distro distro, Collection<Programs> declared) {
        this.module = module;
        this.distro = distro;
        this.declared = declared;
    }

    /** Fails where a kept file differs from what the operations declare. */
    public static void check(String module, Collection<Programs> declared) throws IOException {
        Path folder = Path.of(System.getProperty("infrabridge.root"), "deploy", "sudoers");
        for (Distro distro : Set.of(Distro.UBUNTU, Distro.RHEL, Distro.NIXOS)) {
            String text = new SudoersFile(module, distro, declared).text();
            Path file = folder.resolve(module + "-worker." + distro.word());
            if (Boolean.getBoolean("infrabridge.regenerate")) {
                Files.createDirectories(folder);
                Files.writeString(file, text);
            }
            assertThat(file).content().isEqualTo(text);
        }
    }

    private String text() {
        String who = "INFRABRIDGE_" + module.toUpperCase(Locale.ROOT);
        Map<String, Set<String>> commands = commands();
        StringBuilder text = new StringBuilder("""
                # What the account that the %s-worker logs in as may run as root on %s.
                # Generated from the worker's operations. Install it as /etc/sudoers.d/infrabridge-%s, a name without a dot, and
                # name the account in the line of User_Alias; change nothing else.
                # Needs sudo 1.9.10, because arguments are given as regular expressions; older ones refuse the file.
                # What it cannot say: paths with blanks are refused, a link below an allowed directory is followed,
                # and values are checked by their form only. The worker itself checks each of these.
                # Without !authenticate sudo would ask for a password for a program that is not installed, instead of saying so.
                User_Alias %s = infra
                Defaults:%s user_command_timeouts, env_reset, !requiretty, !authenticate, secure_path="%s"
                """.formatted(module, place(), module, who, who, securePath()));
        commands.forEach((program, arguments) -> text.append("Cmnd_Alias ")
                .append(alias(who, program))
                .append(" = \\\n    ")
                .append(arguments.stream()
                        .map(argument -> path(program) + " " + argument)
                        .collect(Collectors.joining(", \\\n    ")))
                .append('\n'));
        text.append(commands.keySet().stream()
                .map(program -> alias(who, program))
                .collect(Collectors.joining(", ", who + " ALL = (root) NOPASSWD: ", "\n")));
        return text.toString();
    }

    private Map<String, Set<String>> commands() {
        Map<String, Set<String>> commands = new TreeMap<>();
        for (Programs programs : declared) {
            Set<String> here = programs.byDistro().get(distro);
            for (RootCommand command : programs.asRoot()) {
                if (here.contains(command.program())) {
                    assertThat(command.sudoersArguments()).hasSizeLessThan(1024);
                    commands.computeIfAbsent(command.program(), name -> new TreeSet<>())
                            .add(command.sudoersArguments());
                }
            }
        }
        return commands;
    }

    private String place() {
        return distro == Distro.UBUNTU ? "Ubuntu and Debian" : distro == Distro.RHEL ? "RHEL and its kin" : "NixOS";
    }

    private String securePath() {
        return distro == Distro.NIXOS ? "/run/current-system/sw/bin" : "/usr/sbin:/usr/bin";
    }

    private String path(String program) {
        if (distro == Distro.NIXOS) {
            return "/run/current-system/sw/bin/" + program;
        }
        boolean sbin = IN_SBIN.contains(program) || distro == Distro.RHEL && IN_SBIN_OF_RHEL.contains(program);
        return (sbin ? "/usr/sbin/" : "/usr/bin/") + program;
    }

    private static String alias(String who, String program) {
        return who + "_" + program.toUpperCase(Locale.ROOT).replace('-', '_');
    }
}
