package io.infrabridge.exports;

import io.infrabridge.contract.Selector;
import io.infrabridge.contract.TargetKind;
import io.infrabridge.runtime.operation.HostFacts;
import io.infrabridge.runtime.operation.HostOperation;
import io.infrabridge.runtime.operation.OperationSpec;
import io.infrabridge.runtime.operation.Outputs;
import io.infrabridge.runtime.operation.Plan;
import io.infrabridge.runtime.operation.Tool;
import java.util.List;

/** Lists what a host exports and what it is configured to export; no bean by itself, see the worker that offers it. */
public final class ListExports implements HostOperation<ListExports.Input, ListExports.Exports> {
    static final Tool TOOL =
            new Tool("nfs_export", "Manage the directories that a host exports over NFS", TargetKind.HOST);

    @Override
    public OperationSpec<Input, Exports> spec() {
        return OperationSpec.read(
                        TOOL,
                        "List what a host exports over NFS, and what it is configured to export",
                        Input.class,
                        Exports.class,
                        Selector.of("action", "list"))
                .running("exportfs", "grep")
                .runningAsRoot(ExportTable.AS_ROOT);
    }

    @Override
    public Plan probe(Input in, HostFacts host) {
        return Plan.of(ExportTable.active(), ExportTable.configured());
    }

    @Override
    public Exports parse(Input in, Outputs out) {
        return new Exports(ExportTable.parse(out.before().get(0), out.before().get(1)));
    }

    /** It has no arguments of its own. */
    public record Input() {}

    /** The exported directories, by path. */
    public record Exports(List<Export> exports) {
        public Exports {
            exports = List.copyOf(exports);
        }
    }
}
