package io.infrabridge.system.chaos;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.infrabridge.contract.Json;

/** One operation that some client wants, on a subject that no other one touches, so that its effects can be told apart. */
record Undertaking(int number, Kind kind, SimulatedHost host) {
    /** What is asked for. */
    enum Kind {
        STATUS("server", "server_manage", "service.status", "up", ".service"),
        MOUNTS("nfs", "nfs_mount", "list", "", ""),
        START("server", "server_manage", "service.start", "down", ".service"),
        STOP("server", "server_manage", "service.stop", "up", ".service"),
        RESTART("server", "server_manage", "service.restart", "again", ".service"),
        MOUNT("nfs", "nfs_mount", "mount", "/mnt/new", ""),
        /** Its second step fails, so that its first one has to be undone. */
        FAILING_MOUNT("nfs", "nfs_mount", "mount", "/mnt/never", ""),
        UNMOUNT("nfs", "nfs_mount", "unmount", "/mnt/old", "");

        private final String domain;
        private final String tool;
        private final String action;
        private final String before;
        private final String behind;

        Kind(String domain, String tool, String action, String before, String behind) {
            this.domain = domain;
            this.tool = tool;
            this.action = action;
            this.before = before;
            this.behind = behind;
        }

        boolean read() {
            return this == STATUS || this == MOUNTS;
        }

        String domain() {
            return domain;
        }

        String tool() {
            return tool;
        }

        String action() {
            return action;
        }
    }

    static boolean activeAtFirst(String unit) {
        return unit.startsWith(Kind.STOP.before);
    }

    static boolean neverMounts(String path) {
        return path.startsWith(Kind.FAILING_MOUNT.before);
    }

    /** The unit or folder that it is about, its own alone. */
    String subject() {
        return kind.before + "%06d".formatted(number) + kind.behind;
    }

    /** Makes the host as it must be before. */
    void prepare() {
        if (kind == Kind.UNMOUNT) {
            host.state().mount("nas:/export/old", subject());
        }
    }

    /** The tool's arguments, all of them. */
    ObjectNode arguments() {
        ObjectNode arguments = Json.object().put("remote_target", host.name());
        switch (kind) {
            case STATUS, START, STOP, RESTART ->
                arguments
                        .put("operation", "service")
                        .put("action", kind.action.substring("service.".length()))
                        .put("service_name", subject());
            case MOUNTS -> arguments.put("action", "list");
            case MOUNT, FAILING_MOUNT ->
                arguments
                        .put("action", "mount")
                        .put("source", "nas:/export/data")
                        .put("target", subject());
            case UNMOUNT -> arguments.put("action", "unmount").put("target", subject());
        }
        return arguments;
    }

    /** Whether the host is as it was before; for what does not converge, whether nothing was run. */
    boolean untouched() {
        HostState state = host.state();
        return switch (kind) {
            case STATUS, MOUNTS -> true;
            case START -> !state.active(subject());
            case STOP -> state.active(subject());
            case RESTART -> timesRestarted() == 0;
            case MOUNT, FAILING_MOUNT -> !state.mounted(subject()) && !state.folder(subject());
            case UNMOUNT -> state.mounted(subject());
        };
    }

    /** Whether the host is as was asked for. */
    boolean done() {
        HostState state = host.state();
        return switch (kind) {
            case STATUS, MOUNTS -> true;
            case START -> state.active(subject());
            case STOP -> !state.active(subject());
            case RESTART -> timesRestarted() == 1;
            case MOUNT, FAILING_MOUNT -> state.mounted(subject()) && state.folder(subject());
            case UNMOUNT -> !state.mounted(subject());
        };
    }

    /** The counter of the side effect. */
    long timesRestarted() {
        return host.state().effects(subject()).stream()
                .filter(effect -> effect.what().equals("restart"))
                .count();
    }

    @Override
    public String toString() {
        return kind + " " + subject() + " on " + host.name();
    }
}
