package io.infrabridge.nfs.mount;

import io.infrabridge.contract.Selector;
import io.infrabridge.nfs.NfsMountTool;
import io.infrabridge.runtime.operation.HostFacts;
import io.infrabridge.runtime.operation.HostOperation;
import io.infrabridge.runtime.operation.OperationSpec;
import io.infrabridge.runtime.operation.Outputs;
import io.infrabridge.runtime.operation.Plan;
import io.infrabridge.runtime.operation.ReadProc;
import jakarta.inject.Singleton;
import java.util.List;

/** Lists the NFS shares that a host has mounted; see /proc/pid/mounts in proc(5). */
@Singleton
final class ListMounts implements HostOperation<ListMounts.Input, ListMounts.Mounts> {
    @Override
    public OperationSpec<Input, Mounts> spec() {
        return OperationSpec.read(
                        NfsMountTool.TOOL,
                        "List the NFS shares that a host has mounted",
                        Input.class,
                        Mounts.class,
                        Selector.of("action", "list"))
                .running(ReadProc.PROGRAM);
    }

    @Override
    public Plan probe(Input in, HostFacts host) {
        return Plan.of(MountTable.look());
    }

    @Override
    public Mounts parse(Input in, Outputs out) {
        return new Mounts(MountTable.parse(out.before().get(0)).nfs());
    }

    record Input() {}

    /** The mounted shares. */
    record Mounts(List<NfsMount> mounts) {
        Mounts {
            mounts = List.copyOf(mounts);
        }
    }
}
