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
import io.infrabridge.runtime.operation.Undo;
import io.infrabridge.runtime.value.AbsolutePath;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Unmounts an NFS share, and nothing but one; its undo mounts it again as it was. See umount(8). */
@Singleton
final class UnmountShare implements HostOperation<UnmountShare.Input, UnmountShare.Unmounted> {
    private final AllowedRoots roots;

    UnmountShare(NfsSettings settings) {
        roots = settings.allowedRoots();
    }

    @Override
    public OperationSpec<Input, Unmounted> spec() {
        return OperationSpec.read(
                        NfsMountTool.TOOL,
                        "Unmount an NFS share",
                        Input.class,
                        Unmounted.class,
                        Selector.of("action", "unmount"))
                .risking(Risk.CHANGE)
                .running(ReadProc.PROGRAM, "mount", "umount")
                .runningAsRoot(mounting(roots), unmounting(roots))
                .within(Duration.ofSeconds(60));
    }

    @Override
    public Plan probe(Input in, HostFacts host) {
        return roots.refusal(in.target()).orElseGet(() -> Plan.of(MountTable.look()));
    }

    @Override
    public Plan plan(Input in, HostFacts host, Probed before) {
        MountTable table = MountTable.parse(before.get(0));
        Optional<MountTable.Entry> there = table.at(in.target());
        if (there.isEmpty()) {
            return Plan.nothing();
        }
        Optional<NfsMount> mount = table.nfsAt(in.target());
        if (mount.isEmpty()) {
            return Plan.refuse(
                    Category.CONFLICT,
                    in.target() + " is no NFS mount: " + there.get().source() + " ("
                            + there.get().fstype() + ") is mounted there.",
                    "Only NFS shares are unmounted; see action=list.");
        }
        return mount.get()
                .mountedAgain()
                .map(again -> Plan.of(unmount(in.target()).undoneBy(mountedAgain(again, in.target()))))
                .orElseGet(() -> Plan.refuse(
                        Category.PRECONDITION_FAILED,
                        mount.get().source() + " has a name that could not be mounted again to undo this.",
                        "Unmount it on the host itself."));
    }

    @Override
    public Unmounted parse(Input in, Outputs out) {
        return new Unmounted(
                in.target().value(),
                MountTable.parse(out.before().get(0)).nfsAt(in.target()).map(NfsMount::source),
                MountTable.parse(out.after().get(0)).at(in.target()).isPresent());
    }

    static String mounting(AllowedRoots roots) {
        return "mount -t nfs -o <options> -- <source> " + roots.slot();
    }

    static String unmounting(AllowedRoots roots) {
        return "umount -- " + roots.slot();
    }

    static Run unmount(AbsolutePath target) {
        return Run.of("Unmount " + target, "umount", "--", target.value()).asRoot("unmounting changes the whole host");
    }

    private static Undo mountedAgain(NfsMount.Again mount, AbsolutePath target) {
        Run again = Run.of(
                        "Mount " + mount.source() + " at " + target + " again",
                        "mount",
                        "-t",
                        "nfs",
                        "-o",
                        mount.options(),
                        "--",
                        mount.source().value(),
                        target.value())
                .asRoot("mounting changes the whole host")
                .within(Duration.ofSeconds(75));
        return Undo.difference(
                before -> List.of(again),
                (before, now) -> MountTable.parse(now.get(0)).at(target).isPresent() ? List.of() : List.of(again));
    }

    record Input(AbsolutePath target) {}

    /**
     * What was unmounted.
     *
     * @param source absent where nothing had been mounted
     */
    record Unmounted(String target, Optional<String> source, boolean mounted) {}
}
