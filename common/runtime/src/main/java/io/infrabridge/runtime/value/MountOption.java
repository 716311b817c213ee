package io.infrabridge.runtime.value;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Set;

/**
 * One option of an NFS mount; see nfs(5) and mount(8). Only known ones: {@code bind} or {@code remount} would make another
 * command of it, {@code bg} would end before anything is mounted, and the version is an argument of its own.
 */
@Text(
        pattern = "^[a-z_][a-z0-9_]*(=[a-zA-Z0-9.:_/-]+)?$",
        longest = 128,
        expected = "one mount option of nfs(5), name or name=value",
        example = "noatime")
public record MountOption(@JsonValue String value) {
    private static final Set<String> FLAGS = Set.of(
            "defaults",
            "ro",
            "rw",
            "sync",
            "async",
            "atime",
            "noatime",
            "relatime",
            "norelatime",
            "strictatime",
            "diratime",
            "nodiratime",
            "exec",
            "noexec",
            "suid",
            "nosuid",
            "dev",
            "nodev",
            "hard",
            "soft",
            "softerr",
            "softreval",
            "nosoftreval",
            "intr",
            "nointr",
            "ac",
            "noac",
            "fg",
            "sharecache",
            "nosharecache",
            "resvport",
            "noresvport",
            "fsc",
            "nofsc",
            "lock",
            "nolock",
            "cto",
            "nocto",
            "acl",
            "noacl",
            "rdirplus",
            "nordirplus",
            "migration",
            "nomigration",
            "trunkdiscovery",
            "notrunkdiscovery",
            "tcp",
            "udp",
            "rdma",
            "_netdev",
            "nofail");
    private static final Set<String> SETTINGS = Set.of(
            "timeo",
            "retrans",
            "rsize",
            "wsize",
            "acregmin",
            "acregmax",
            "acdirmin",
            "acdirmax",
            "actimeo",
            "retry",
            "sec",
            "lookupcache",
            "proto",
            "port",
            "mountport",
            "mountproto",
            "mounthost",
            "mountvers",
            "namlen",
            "local_lock",
            "clientaddr",
            "nconnect",
            "max_connect",
            "xprtsec");

    @JsonCreator
    public MountOption {
        Form.check(MountOption.class, value);
        if (!(value.contains("=") ? SETTINGS.contains(name(value)) : FLAGS.contains(value))) {
            throw new InvalidValue("expected an option of nfs(5) such as ro or timeo=600, not " + value);
        }
    }

    public String name() {
        return name(value);
    }

    private static String name(String value) {
        return value.split("=", 2)[0];
    }

    @Override
    public String toString() {
        return value;
    }
}
