package io.infrabridge.nfs.health;

import io.infrabridge.contract.Category;
import io.infrabridge.contract.Selector;
import io.infrabridge.nfs.NfsMountTool;
import io.infrabridge.nfs.NfsSettings;
import io.infrabridge.nfs.mount.MountTable;
import io.infrabridge.runtime.operation.AllowedRoots;
import io.infrabridge.runtime.operation.HostFacts;
import io.infrabridge.runtime.operation.HostOperation;
import io.infrabridge.runtime.operation.OperationSpec;
import io.infrabridge.runtime.operation.Outputs;
import io.infrabridge.runtime.operation.Plan;
import io.infrabridge.runtime.operation.Probed;
import io.infrabridge.runtime.operation.ReadProc;
import io.infrabridge.runtime.operation.Run;
import io.infrabridge.runtime.value.AbsolutePath;
import jakarta.inject.Singleton;

/**
 * Asks the server behind one mount for its file system's state and measures the mount for a second; see
 * /proc/self/mountstats. A dead server would hang whoever asks, so timeout(1) bounds it.
 */
@Singleton
final class CheckMount implements HostOperation<CheckMount.Input, MountHealth> {
    private final AllowedRoots roots;

    CheckMount(NfsSettings settings) {
        roots = settings.allowedRoots();
    }

    @Override
    public OperationSpec<Input, MountHealth> spec() {
        return OperationSpec.read(
                        NfsMountTool.TOOL,
                        "Whether an NFS mount answers, how fast, and what it carries",
                        Input.class,
                        MountHealth.class,
                        Selector.of("action", "health"))
                .running(ReadProc.PROGRAM, "date", "timeout", "stat", "sleep");
    }

    @Override
    public Plan probe(Input in, HostFacts host) {
        return roots.refusal(in.target())
                .orElseGet(() -> Plan.of(
                        MountTable.look(),
                        now(),
                        Run.of(
                                        "Ask the server for the state of its file system",
                                        "timeout",
                                        "-k",
                                        "1",
                                        "5",
                                        "stat",
                                        "--file-system",
                                        "--format=%T",
                                        "--",
                                        in.target().value())
                                .accepting(0, 1, Access.TIMED_OUT, Access.KILLED),
                        now(),
                        statistics(),
                        Run.of("Let the mount work for a second", "sleep", "1"),
                        statistics(),
                        now()));
    }

    @Override
    public Plan plan(Input in, HostFacts host, Probed before) {
        return MountTable.parse(before.get(0)).nfsAt(in.target()).isPresent()
                ? Plan.nothing()
                : Plan.refuse(
                        Category.NOT_FOUND,
                        "No NFS share is mounted at " + in.target() + ".",
                        "See action=list for the mount points of this host.");
    }

    @Override
    public MountHealth parse(Input in, Outputs out) {
        Probed seen = out.before();
        Moment asked = Moment.parse(seen.get(1));
        Moment answered = Moment.parse(seen.get(3));
        Moment measured = Moment.parse(seen.get(7));
        return MountHealth.of(
                in.target(),
                Access.parse(seen.get(2)),
                asked.millisTo(answered),
                answered.at(),
                Metrics.between(
                        MountStatistics.parse(seen.get(4), in.target()),
                        MountStatistics.parse(seen.get(6), in.target()),
                        answered.millisTo(measured) / 1000));
    }

    private static Run now() {
        return Run.of("Ask for the time", "date", "+%s.%N");
    }

    private static ReadProc statistics() {
        return ReadProc.of("Read the mounts' counters", "/proc/self/mountstats");
    }

    record Input(AbsolutePath target) {}
}
