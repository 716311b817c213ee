package io.infrabridge.server.packages;

import io.infrabridge.runtime.operation.Output;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Map.Entry;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The packages of a host, and the package managers as far as operations use them: {@code hello} 1.0 and 1.1 with {@code data},
 * and {@code other} 1.0 and 1.1.
 */
final class PracticePackages {
    private static final Map<String, String> NEWEST = Map.of("hello", "1.1", "other", "1.1", "data", "1.0");

    final Map<String, String> installed = new TreeMap<>();
    final Set<String> held = new TreeSet<>();
    boolean fresh = true;

    /** All that could differ. */
    String state() {
        return installed + " " + held;
    }

    /** By apt. */
    Output debian(List<String> command) {
        List<String> names = names(command);
        boolean simulated = command.contains("-s");
        return Output.of(
                switch (command.get(0) + " " + command.get(1)) {
                    case "dpkg-query -W" -> lines("%n\tall\t%v\tinstalled\tno\tno");
                    case "apt-mark showhold" -> String.join("\n", held);
                    case "apt-mark hold" -> said(held.addAll(names));
                    case "apt-mark unhold" -> said(held.removeAll(names));
                    case "apt-cache policy" -> policies();
                    case "apt-get update" -> said(fresh = true);
                    case "find /var/lib/apt/lists/partial" -> fresh ? command.get(1) : "";
                    case "apt-get upgrade" -> apt(newer(installed.keySet()), simulated);
                    case "apt-get install" ->
                        command.contains("--only-upgrade")
                                ? apt(newer(plain(names)), simulated)
                                : apt(wanted(names), simulated);
                    case "apt-get remove" -> removed(names, simulated);
                    default -> throw new IllegalArgumentException("no such command: " + command);
                });
    }

    /** By dnf. */
    Output redHat(List<String> command) {
        List<String> names = names(command);
        if (!command.get(0).equals("dnf")) {
            boolean rpm = command.get(0).equals("rpm");
            return Output.of(rpm ? lines("%n\tnoarch\t%v-1\tinstalled\tno\tno") : fresh ? command.get(1) : "");
        }
        if (command.contains("versionlock")) {
            return Output.of(
                    switch (command.get(4)) {
                        case "add" -> said(held.addAll(names));
                        case "delete" -> said(held.removeAll(names));
                        default ->
                            held.stream().map(name -> name + "-0:1.0-1.*\n").collect(Collectors.joining());
                    });
        }
        if (command.contains("makecache")) {
            return Output.of(said(fresh = true));
        }
        if (command.contains("repoquery")) {
            return Output.of(told(newer(installed.keySet()), "%n\tnoarch\t%v-1"));
        }
        boolean simulated = command.contains("--assumeno");
        return switch (command.get(4)) {
            case "upgrade" -> dnf("Upgrading", newer(names.isEmpty() ? installed.keySet() : plain(names)), simulated);
            case "install" -> dnf("Installing", wanted(names), simulated);
            case "downgrade" -> dnf("Downgrading", wanted(names), simulated);
            case "reinstall" -> dnf("Reinstalling", installed, simulated);
            case "remove" -> {
                Map<String, String> going = new TreeMap<>(installed);
                going.keySet().retainAll(plain(names));
                if (!simulated) {
                    installed.keySet().removeAll(going.keySet());
                }
                yield table("Removing", going);
            }
            default -> throw new IllegalArgumentException("no such command: " + command);
        };
    }

    private static String said(boolean ignored) {
        return "";
    }

    private String apt(Map<String, String> coming, boolean simulated) {
        String said = told(coming, "Inst %n (%v stable-security [all])") + "\n1 upgraded, 1 newly installed.\n";
        if (!simulated) {
            installed.putAll(coming);
        }
        return said;
    }

    private String removed(List<String> names, boolean simulated) {
        Map<String, String> going = new TreeMap<>(installed);
        going.keySet().retainAll(plain(names));
        if (!simulated) {
            installed.keySet().removeAll(going.keySet());
        }
        return told(going, "Remv %n [%v]") + "\n0 upgraded, 0 newly installed.\n";
    }

    private Output dnf(String section, Map<String, String> coming, boolean simulated) {
        if (!simulated) {
            installed.putAll(coming);
        }
        return table(section, coming);
    }

    private static Output table(String section, Map<String, String> rows) {
        return Output.of(
                rows.isEmpty()
                        ? "Nothing to do.\n"
                        : section + ":\n" + told(rows, " %n  noarch  %v-1  lab  5 k") + "\n\nTransaction Summary\n");
    }

    private String policies() {
        return installed.entrySet().stream()
                .filter(each -> !each.getValue().equals(NEWEST.get(each.getKey())))
                .map(each -> each.getKey() + ":\n  Candidate: " + NEWEST.get(each.getKey()) + "\n *** "
                        + each.getValue() + " 500\n        500 file:/srv/apt ./ Packages\n")
                .collect(Collectors.joining());
    }

    /** With what they need. */
    private Map<String, String> wanted(List<String> names) {
        Map<String, String> coming = new TreeMap<>();
        for (String name : names) {
            String plain = plain(name);
            String version = name.contains("=")
                    ? name.split("=")[1]
                    : name.matches(".*-1\\.[01]-1\\..*")
                            ? name.replaceAll(".*-(1\\.[01])-1\\..*", "$1")
                            : NEWEST.get(plain);
            boolean exact = !name.equals(plain);
            if (exact || !installed.containsKey(plain)) {
                coming.put(plain, version);
            }
            if (plain.equals("hello") && !installed.containsKey("data")) {
                coming.put("data", NEWEST.get("data"));
            }
        }
        return coming;
    }

    private Map<String, String> newer(Collection<String> names) {
        Map<String, String> coming = new TreeMap<>();
        names.stream()
                .filter(name -> installed.containsKey(name) && !held.contains(name))
                .filter(name -> !installed.get(name).equals(NEWEST.get(name)))
                .forEach(name -> coming.put(name, NEWEST.get(name)));
        return coming;
    }

    private static List<String> plain(List<String> names) {
        return names.stream().map(PracticePackages::plain).toList();
    }

    private static String plain(String name) {
        return name.replaceAll("[=:-].*", "");
    }

    private static List<String> names(List<String> command) {
        int end = command.indexOf("--");
        return end < 0 ? List.of() : new ArrayList<>(command.subList(end + 1, command.size()));
    }

    private String lines(String format) {
        return told(installed, format);
    }

    private static String told(Map<String, String> packages, String format) {
        return packages.entrySet().stream()
                .map((Entry<String, String> each) ->
                        format.replace("%n", each.getKey()).replace("%v", each.getValue()))
                .collect(Collectors.joining("\n"));
    }
}
