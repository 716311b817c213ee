package io.infrabridge.server.system;

import io.infrabridge.contract.Selector;
import io.infrabridge.runtime.operation.HostFacts;
import io.infrabridge.runtime.operation.HostOperation;
import io.infrabridge.runtime.operation.OperationSpec;
import io.infrabridge.runtime.operation.Outputs;
import io.infrabridge.runtime.operation.Plan;
import io.infrabridge.runtime.operation.Run;
import io.infrabridge.server.ServerManage;
import io.infrabridge.server.measure.Disk;
import jakarta.inject.Singleton;
import java.util.List;

/** Lists the block devices of a server and its local file systems; see lsblk(8), df(1). */
@Singleton
final class ListDisks implements HostOperation<ListDisks.Input, ListDisks.Disks> {
    @Override
    public OperationSpec<Input, Disks> spec() {
        return OperationSpec.read(
                        ServerManage.TOOL,
                        "Disks, partitions and what lies on them, and the local file systems with their use",
                        Input.class,
                        Disks.class,
                        Selector.of("operation", "system"),
                        Selector.of("action", "disks"))
                .running("lsblk", "df");
    }

    @Override
    public Plan probe(Input in, HostFacts host) {
        return Plan.of(
                // 1, 32, 64: none, or not all, could be looked at, as in containers
                Run.of(
                                "List the block devices",
                                "lsblk",
                                "--json",
                                "--bytes",
                                "--output",
                                "NAME,TYPE,SIZE,FSTYPE,LABEL,UUID,MOUNTPOINT,MODEL,RO,ROTA")
                        .accepting(0, 1, 32, 64),
                Disk.look());
    }

    @Override
    public Disks parse(Input in, Outputs out) {
        return new Disks(
                BlockDevice.parse(out.before().get(0)), Disk.parse(out.before().get(1)));
    }

    record Input() {}

    /** What a server keeps data on. */
    record Disks(List<BlockDevice> devices, List<Disk> filesystems) {
        Disks {
            devices = List.copyOf(devices);
            filesystems = List.copyOf(filesystems);
        }
    }
}
