package io.infrabridge.server.provision;

import io.infrabridge.contract.Category;
import io.infrabridge.runtime.operation.AllowedRoots;
import io.infrabridge.runtime.operation.Output;
import io.infrabridge.runtime.operation.Plan;
import io.infrabridge.runtime.operation.Probed;
import io.infrabridge.runtime.operation.Run;
import io.infrabridge.runtime.operation.Step;
import io.infrabridge.runtime.operation.UnexpectedOutput;
import io.infrabridge.runtime.value.AbsolutePath;
import io.infrabridge.runtime.value.FileMode;
import io.infrabridge.runtime.value.InvalidValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Parameters of the kernel, now and, by one file of ours, after each boot; see sysctl(8), sysctl.d(5). */
record SysctlSection(List<SysctlEntry> wanted) implements Section {
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
        all.add(KernelParameters.AS_ROOT);
        return all.toArray(String[]::new);
    }

    @Override
    public Plan probe() {
        return Plan.of(
                FileStatus.look(FILE),
                Run.of("Read what was provisioned", "cat", "--", FILE.value()).accepting(0, 1),
                kernel().lookAtThem());
    }

    @Override
    public List<Change> changes(Probed seen) {
        return kernel().changes(seen, kept(seen));
    }

    @Override
    public Plan plan(Probed seen, boolean moreComing) {
        Plan set = kernel().set(seen);
        if (set.refusal().isPresent()) {
            return set;
        }
        List<Step> steps = new ArrayList<>(set.steps());
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

    private KernelParameters kernel() {
        return new KernelParameters(wanted, SHOWN);
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

    private static Plan noFolder() {
        return Plan.refuse(
                Category.PRECONDITION_FAILED,
                "The host has no directory /etc/sysctl.d, where parameters are kept for the next boot.",
                "Choose a host with systemd or procps.");
    }
}
