package io.infrabridge.runtime.operation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * What an operation may run: programs by distribution, and the shapes of what it runs as root.
 *
 * @param byDistro for every distribution the programs that it may run there
 */
public record Programs(Map<Distro, Set<String>> byDistro, List<RootCommand> asRoot) {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._+-]*");

    /** Each of these would run whatever its arguments name, so that the name of the program said nothing. */
    private static final Set<String> STARTERS = Set.of(
            "ash",
            "awk",
            "bash",
            "busybox",
            "chroot",
            "csh",
            "dash",
            "doas",
            "env",
            "exec",
            "expect",
            "fish",
            "flock",
            "gawk",
            "ionice",
            "ksh",
            "mawk",
            "nice",
            "nohup",
            "nsenter",
            "parallel",
            "perl",
            "pkexec",
            "python",
            "python3",
            "ruby",
            "runuser",
            "script",
            "setarch",
            "setpriv",
            "setsid",
            "sh",
            "ssh",
            "stdbuf",
            "strace",
            "su",
            "sudo",
            "taskset",
            "tcsh",
            "time",
            "toybox",
            "unshare",
            "watch",
            "xargs",
            "zsh");

    public Programs {
        Map<Distro, Set<String>> copy = new EnumMap<>(Distro.class);
        for (Distro distro : Distro.values()) {
            copy.put(distro, Set.copyOf(byDistro.getOrDefault(distro, Set.of())));
        }
        byDistro = Map.copyOf(copy);
        asRoot = List.copyOf(asRoot);
        byDistro.values().forEach(names -> names.forEach(Programs::check));
        Set<String> all = union(byDistro);
        asRoot.forEach(command -> {
            if (!all.contains(command.program())) {
                throw new IllegalArgumentException(command + " is not among the programs");
            }
        });
    }

    static Programs none() {
        return new Programs(Map.of(), List.of());
    }

    /** These too, on the given distributions. */
    Programs and(Set<Distro> distros, String... names) {
        Map<Distro, Set<String>> more = new EnumMap<>(byDistro);
        for (Distro distro : distros) {
            Set<String> there = new TreeSet<>(byDistro.getOrDefault(distro, Set.of()));
            there.addAll(Arrays.asList(names));
            more.put(distro, there);
        }
        return new Programs(more, asRoot);
    }

    Programs andAsRoot(List<String> templates) {
        List<RootCommand> more = new ArrayList<>(asRoot);
        templates.stream().map(RootCommand::of).forEach(more::add);
        return new Programs(byDistro, more);
    }

    static Set<Distro> everywhere() {
        return EnumSet.allOf(Distro.class);
    }

    /** Whether this very command was declared as one to run as root. */
    public boolean permitAsRoot(Run step) {
        return asRoot.stream().anyMatch(command -> command.permits(step.argv()));
    }

    /** On whatever distribution. */
    public Set<String> all() {
        return union(byDistro);
    }

    private static Set<String> union(Map<Distro, Set<String>> byDistro) {
        Set<String> all = new TreeSet<>();
        byDistro.values().forEach(all::addAll);
        return all;
    }

    private static void check(String name) {
        if (!NAME.matcher(name).matches() || STARTERS.contains(name)) {
            throw new IllegalArgumentException("not a program that may be declared: " + name);
        }
    }
}
