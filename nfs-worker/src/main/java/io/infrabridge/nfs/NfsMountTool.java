package io.infrabridge.nfs;

import io.infrabridge.contract.TargetKind;
import io.infrabridge.runtime.operation.Tool;

/** The tool for mounts. */
public final class NfsMountTool {
    public static final Tool TOOL =
            new Tool("nfs_mount", "Mount or unmount NFS shares with health verification", TargetKind.HOST);

    private NfsMountTool() {}
}
