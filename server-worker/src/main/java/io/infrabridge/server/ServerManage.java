package io.infrabridge.server;

import io.infrabridge.contract.TargetKind;
import io.infrabridge.runtime.operation.Tool;

/** The one tool of this worker. */
public final class ServerManage {
    public static final Tool TOOL =
            new Tool("server_manage", "Multi-distro server management (packages, services, firewall)", TargetKind.HOST);

    private ServerManage() {}
}
