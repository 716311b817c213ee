package io.infrabridge.nas;

import io.infrabridge.contract.TargetKind;
import io.infrabridge.runtime.operation.Tool;

/** The tools of this worker. */
public final class NasTools {
    public static final Tool VOLUME = new Tool("nas_volume", "Manage NAS volumes and storage pools", TargetKind.HOST);
    public static final Tool SNAPSHOT = new Tool("nas_snapshot", "Manage snapshots of NAS volumes", TargetKind.HOST);

    private NasTools() {}
}
