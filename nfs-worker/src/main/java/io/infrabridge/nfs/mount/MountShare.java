package io.infrabridge.nfs.mount;

import io.infrabridge.contract.Category;
import io.infrabridge.contract.Risk;
import io.infrabridge.contract.Selector;
import io.infrabridge.nfs.NfsMountTool;
import io.infrabridge.nfs.NfsSettings;
import io.infrabridge.runtime.operation.AllowedRoots;
import io.infrabridge.runtime.operation.HostFacts;
import io.infrabridge.runtime.operation.HostOperation;
import io.infrabridge.runtime.operation.OperationSpec;
import io.infrabridge.runtime.operation.Outputs;
import io.infrabridge.runtime.operation.Plan;
import io.infrabridge.runtime.operation.Probed;
import io.infrabridge.runtime.operation.ReadProc;
import io.infrabridge.runtime.operation.Run;
import io.infrabridge.runtime.operation.Step;
import io.infrabridge.runtime.operation.Undo;
import io.infrabridge.runtime.operation.UnexpectedOutput;
import io.infrabridge.runtime.value.AbsolutePath;
import io.infrabridge.runtime.value.InvalidValue;
import io.infrabridge.runtime.value.MountOption;
import io.infrabridge.runtime.value.NfsSource;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Mounts an NFS share until the next boot, making the mount point where there is none; never over something else. Its
 * undo unmounts it and removes the mount point that it made. See mount.nfs(8).
 */
@Singleton
final class MountShare implements HostOperation<MountShare.Input, MountShare.Mounted> {
    /** The kernel waits this long for a server that does not answer. */
    private static final Duration LONGEST = Duration.ofSeconds(75);

    private final AllowedRoots roots;

    MountShare(NfsSettings settings) {
        roots = settings.allowedRoots();
    }

    @Override
    public OperationSpec<Input, Mounted> spec() {
        return OperationSpec.read(
                        NfsMountTool.TOOL,
                        "Mount an NFS share",
                        Input.class,
                        Mounted.class,
                        Selector.of("action", "mount"))
                .risking(Risk.CHANGE)
                .running(ReadProc.PROGRAM, "timeout", "mkdir", "rmdir", "mount", "umount", "stat", "realpath")
                .runningAsRoot(MountPoint.asRoot(roots))
                .runningAsRoot(UnmountShare.mounting(roots), UnmountShare.unmounting(roots))
                .within(Duration.ofSeconds(120));
    }

    @Override
    public Plan probe(Input in, HostFacts host) {
        return roots.refusal(in.target())
                .orElseGet(() ->
                        Plan.of(MountTable.look(), MountPoint.kind(in.target()), MountPoint.realPath(in.target())));
    }

    @Override
    public Plan plan(Input in, HostFacts host, Probed before) {
        MountTable table = MountTable.parse(before.get(0));
        Optional<MountTable.Entry> there = table.at(in.target());
        if (there.isPresent()) {
            return table.nfsAt(in.target())
                    .filter(mount -> mount.comesFrom(in.source().value()))
                    .map(mount -> different(in, mount).orElse(Plan.nothing()))
                    .orElseGet(() -> Plan.refuse(
                            Category.CONFLICT,
                            there.get().source() + " (" + there.get().fstype() + ") is mounted at " + in.target() + ".",
                            "Unmount it first, or choose another target."));
        }
        return MountPoint.refusal(in.target(), before.get(1), before.get(2)).orElseGet(() -> {
            List<Step> steps = new ArrayList<>();
            if (MountPoint.absent(before.get(1))) {
                steps.add(MountPoint.make(in.target()));
            }
            steps.add(mount(in));
            return Plan.of(steps);
        });
    }

    @Override
    public Mounted parse(Input in, Outputs out) {
        NfsMount mount = MountTable.parse(out.after().get(0))
                .nfsAt(in.target())
                .orElseThrow(() -> new UnexpectedOutput("/proc/self/mounts: nothing at " + in.target()));
        return new Mounted(mount.source(), mount.target(), mount.version(), mount.options());
    }

    private static Optional<Plan> different(Input in, NfsMount mount) {
        List<String> wanted =
                in.options().orElse(List.of()).stream().map(MountOption::value).toList();
        boolean version = in.version().isEmpty() || in.version().get().includes(mount.version());
        boolean access = !(wanted.contains("ro") && mount.options().contains("rw")
                || wanted.contains("rw") && mount.options().contains("ro"));
        return version && access
                ? Optional.empty()
                : Optional.of(Plan.refuse(
                        Category.CONFLICT,
                        in.source() + " is mounted at " + in.target() + " already, but as "
                                + String.join(",", mount.options()) + ".",
                        "Unmount it first, or ask for what is there."));
    }

    private static Run mount(Input in) {
        return Run.of(
                        "Mount " + in.source() + " at " + in.target(),
                        "mount",
                        "-t",
                        "nfs",
                        "-o",
                        String.join(",", in.mountOptions()),
                        "--",
                        in.source().value(),
                        in.target().value())
                .asRoot("mounting changes the whole host")
                .within(LONGEST)
                .undoneBy(Undo.difference(
                        before -> List.of(UnmountShare.unmount(in.target())),
                        (before, now) ->
                                MountTable.parse(now.get(0)).nfsAt(in.target()).isPresent()
                                        ? List.of(UnmountShare.unmount(in.target()))
                                        : List.of()));
    }

    /** What to mount where, and how. */
    record Input(
            NfsSource source, AbsolutePath target, Optional<NfsVersion> version, Optional<List<MountOption>> options) {
        private static final int MOST_OPTIONS = 40;

        Input {
            options = options.map(List::copyOf);
            if (target.value().equals("/")) {
                throw new InvalidValue("target: expected a mount point, not the root");
            }
            if (options.map(List::size).orElse(0) > MOST_OPTIONS) {
                throw new InvalidValue("options: expected at most " + MOST_OPTIONS);
            }
        }

        /** One try: whoever asks wants to know now, and mount.nfs(8) would go on for two minutes. */
        private List<String> mountOptions() {
            List<String> words = new ArrayList<>();
            version.ifPresent(wanted -> words.add("vers=" + wanted.number()));
            List<MountOption> given = options.orElse(List.of());
            given.forEach(option -> words.add(option.value()));
            if (given.stream().noneMatch(option -> option.name().equals("retry"))) {
                words.add("retry=0");
            }
            return words;
        }
    }

    /** The share as it is mounted now. */
    record Mounted(String source, String target, Optional<String> version, List<String> options) {
        Mounted {
            options = List.copyOf(options);
        }
    }
}
