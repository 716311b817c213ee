package io.infrabridge.server.provision;

import io.infrabridge.contract.Category;
import io.infrabridge.runtime.operation.AllowedRoots;
import io.infrabridge.runtime.operation.Output;
import io.infrabridge.runtime.operation.Plan;
import io.infrabridge.runtime.operation.Probed;
import io.infrabridge.runtime.operation.Run;
import io.infrabridge.runtime.operation.Step;
import io.infrabridge.runtime.operation.Undo;
import io.infrabridge.runtime.operation.UnexpectedOutput;
import io.infrabridge.runtime.value.AbsolutePath;
import io.infrabridge.runtime.value.FileMode;
import io.infrabridge.runtime.value.InvalidValue;
import io.infrabridge.runtime.value.SysctlKey;
import io.infrabridge.runtime.value.SysctlValue;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Parameters of the kernel, now and, by one file of ours, after each boot; see sysctl(8), sysctl.d(5). */
record SysctlSection(List<SysctlEntry> wanted) implements Section {
    private static final String NAME = "sysctl";
    private static final AbsolutePath FILE = new AbsolutePath("/etc/sysctl.d/60-infrabridge.conf");
    private static final String COMMENT = "# Written by Infrabridge: what was provisioned on this host.";
    private static final AllowedRoots FOLDER = AllowedRoots.of(List.of("/etc/sysctl.d"));

    private static final int LOOKED = 0;
    private static final int READ = 1;
    private static final int SHOWN = 2;

    SysctlSection {
        wanted = List.copyOf(wanted);
    }

    static String[] asRoot() {
        List<String> all = new ArrayList<>(List.of(FileWrite.asRoot(FOLDER)));
        all.add("sysctl -q -w -- <setting>");
        return all.toArray(String[]::new);
    }

    @Override
    public Plan probe() {
        List<String> shown = new ArrayList<>(List.of("grep", "-H", "-e", "", "--"));
        wanted.forEach(entry -> shown.add(entry.key().file()));
        return Plan.of(
                FileStatus.look(FILE),
                Run.of("Read what was provisioned", "cat", "--", FILE.value()).accepting(0, 1),
                Run.of("Look at the kernel's parameters", shown).accepting(0, 1, 2));
    }

    @Override
    public List<Change> changes(Probed seen) {
        Map<SysctlKey, String> now = shown(seen.get(SHOWN));
        Map<String, String> kept = kept(seen);
        List<Change> changes = new ArrayList<>();
        for (SysctlEntry entry : wanted) {
            String key = entry.key().value();
            String value = entry.value().value();
            String is = now.getOrDefault(entry.key(), "unknown");
            boolean stays = value.equals(kept.get(key));
            if (!is.equals(value) || !stays) {
                changes.add(Change.of(NAME, key, is + (stays ? "" : " until the next boot"), value));
            }
        }
        return changes;
    }

    @Override
    public Plan plan(Probed seen, boolean moreComing) {
        Map<SysctlKey, String> now = shown(seen.get(SHOWN));
        Optional<SysctlKey> unknown = wanted.stream()
                .map(SysctlEntry::key)
                .filter(key -> !now.containsKey(key))
                .findFirst();
        if (unknown.isPresent()) {
            return refusal(unknown.get(), seen.get(SHOWN));
        }
        List<Step> steps = new ArrayList<>();
        for (SysctlEntry entry : wanted) {
            String is = now.get(entry.key());
            if (!is.equals(entry.value().value())) {
                Optional<Run> back = former(is).map(value -> set(entry.key(), value));
                if (back.isEmpty()) {
                    return notRestorable(entry.key(), is);
                }
                steps.add(set(entry.key(), entry.value()).undoneBy(undo(entry.key(), is, back.get())));
            }
        }
        FileText file = file(seen);
        if (!file.value().equals(text(seen.get(READ)))) {
            Map<String, FileStatus> found = FileStatus.parse(seen.get(LOOKED));
            if (!found.containsKey("/etc/sysctl.d")) {
                return noFolder();
            }
            steps.addAll(new FileWrite(FILE, file, new FileMode("0644"), "root", "root")
                    .steps(Optional.ofNullable(found.get(FILE.value()))));
        }
        return Plan.of(steps);
    }

    /** As it is shown, with one blank for every gap. */
    static Map<SysctlKey, String> shown(Output output) {
        if (output.text().length() > Run.MOST_INPUT) {
            throw new UnexpectedOutput("/proc/sys: more than was asked for");
        }
        Map<SysctlKey, String> shown = new HashMap<>();
        for (String line : output.lines()) {
            int at = line.indexOf(':');
            if (output.truncated() || at < 0 || !line.startsWith("/proc/sys/")) {
                throw new UnexpectedOutput("/proc/sys: " + line);
            }
            try {
                SysctlKey key =
                        new SysctlKey(line.substring("/proc/sys/".length(), at).replace('/', '.'));
                // some have several lines; only the first is theirs alone
                shown.putIfAbsent(key, line.substring(at + 1).strip().replaceAll("\\s+", " "));
            } catch (InvalidValue e) {
                throw new UnexpectedOutput("/proc/sys: " + line, e);
            }
        }
        return shown;
    }

    /** What our file has; a line that is not ours is not kept when it is written anew. */
    private static SortedMap<String, String> kept(Probed seen) {
        SortedMap<String, String> kept = new TreeMap<>();
        for (String line : text(seen.get(READ)).split("\n")) {
            String[] parts = line.split(" = ", 2);
            if (parts.length == 2 && !line.startsWith("#")) {
                kept.put(parts[0], parts[1]);
            }
        }
        return kept;
    }

    private FileText file(Probed seen) {
        SortedMap<String, String> all = kept(seen);
        wanted.forEach(entry -> all.put(entry.key().value(), entry.value().value()));
        StringBuilder text = new StringBuilder(COMMENT).append('\n');
        all.forEach((key, value) -> text.append(key).append(" = ").append(value).append('\n'));
        try {
            return new FileText(text.toString());
        } catch (InvalidValue e) {
            throw new UnexpectedOutput(FILE + " has something that nobody of us wrote", e);
        }
    }

    private static String text(Output read) {
        if (read.truncated() || read.text().length() > Run.MOST_INPUT) {
            throw new UnexpectedOutput(FILE + " is longer than the output limit");
        }
        return read.text();
    }

    private static Optional<SysctlValue> former(String is) {
        try {
            return Optional.of(new SysctlValue(is));
        } catch (InvalidValue e) {
            return Optional.empty();
        }
    }

    /** A parameter that could not be set is as it was. */
    private static Undo undo(SysctlKey key, String former, Run back) {
        return Undo.difference(
                before -> List.of(back),
                (before, now) -> former.equals(shown(now.get(SHOWN)).get(key)) ? List.of() : List.of(back));
    }

    private static Run set(SysctlKey key, SysctlValue value) {
        return Run.of("Set " + key + " to " + value, "sysctl", "-q", "-w", "--", key + "=" + value)
                .asRoot("the kernel is the whole host's");
    }

    private static Plan refusal(SysctlKey key, Output shown) {
        return shown.error().contains(key.file() + ": Permission denied")
                ? Plan.refuse(
                        Category.PRECONDITION_FAILED,
                        "What " + key + " is may only be read by root, so it could not be put back.",
                        "Leave it out.")
                : Plan.refuse(
                        Category.NOT_FOUND,
                        "The kernel of the host has no parameter " + key + ".",
                        "Look below /proc/sys on the host; the module that has it may not be loaded.");
    }

    private static Plan notRestorable(SysctlKey key, String is) {
        return Plan.refuse(
                Category.PRECONDITION_FAILED,
                key + " is \"" + is + "\", which could not be put back.",
                "Set it on the host by hand, if that is meant.");
    }

    private static Plan noFolder() {
        return Plan.refuse(
                Category.PRECONDITION_FAILED,
                "The host has no directory /etc/sysctl.d, where parameters are kept for the next boot.",
                "Choose a host with systemd or procps.");
    }
}
