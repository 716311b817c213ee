package io.infrabridge.runtime.value;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Every value of this package, with examples of what it accepts and of what comes close. */
enum Values {
    ABSOLUTE_PATH(
            AbsolutePath.class,
            AbsolutePath::new,
            List.of(
                    "/",
                    "/srv/data",
                    "/srv/data/",
                    "/mnt/a b",
                    "/mnt/.hidden",
                    "/mnt/...",
                    "/mnt/..a",
                    "/mnt/a..b",
                    "/a'\"$(x)"),
            List.of(
                    "",
                    "mnt",
                    "//",
                    "/a//b",
                    "/mnt/..",
                    "/mnt/../etc",
                    "/./a",
                    "/a/.",
                    "/a\nb",
                    "/a\u0000",
                    "/b\u00fcro",
                    "/\u202e",
                    "-/a")),
    NFS_SOURCE(
            NfsSource.class,
            NfsSource::new,
            List.of("nas.example.com:/export/data", "10.0.0.1:/", "[fd00::1]:/data/", "nas1:/a.b"),
            List.of(
                    "nas:/a/../b",
                    "nas:/..",
                    "-a:/b",
                    "a",
                    "/b",
                    "a:b",
                    "a b:/c",
                    "fd00::1:/a",
                    "[fd00::1%eth0]:/a",
                    "2130706433:/a",
                    "0x7f000001:/a",
                    "010.0.0.1:/a",
                    "nas..x:/a",
                    "nas.:/a",
                    "nas:/a b",
                    "nas:/\u0430")),
    HOST_NAME(
            HostName.class,
            HostName::new,
            List.of("nas1", "nas.example.com", "10.0.0.1", "xn--nxasmq6b.example", "A.b"),
            List.of(
                    "",
                    "-nas",
                    "nas-",
                    "nas.",
                    ".nas",
                    "a..b",
                    "a_b",
                    "127.1",
                    "256.0.0.1",
                    "01.2.3.4",
                    "2130706433",
                    "0x7f.1",
                    "user@nas",
                    "nas:22",
                    "[::1]",
                    "n\u0430s",
                    "nas\n")),
    CIDR(
            Cidr.class,
            Cidr::new,
            List.of("10.0.0.0/24", "10.0.0.1", "::/0", "2001:db8::/32", "fe80::1", "1:2:3:4:5:6:7:8/128"),
            List.of(
                    "",
                    "10.0.0.0/33",
                    "10.0.0/24",
                    "10.0.0.0/024",
                    "::ffff:10.0.0.1",
                    "2001:db8::/129",
                    ":::",
                    "1:2:3:4:5:6:7:8:9",
                    "1::2::3",
                    "*",
                    "-10.0.0.0/8")),
    DEVICE_NAME(
            DeviceName.class,
            DeviceName::new,
            List.of(
                    "/dev/sdb1",
                    "/dev/nvme0n1",
                    "/dev/mapper/vg0-data",
                    "/dev/vg0/data",
                    "/dev/disk/by-id/ata-X_1",
                    "/dev/md127"),
            List.of(
                    "sdb",
                    "/dev/",
                    "/dev/../etc/shadow",
                    "/dev/mapper/../sda",
                    "/dev/vg0/..",
                    "/dev//sda",
                    "/dev/fd/0",
                    "/dev/-f",
                    "/dev/s a",
                    "/etc/passwd")),
    SIZE(
            Size.class,
            Size::new,
            List.of("1K", "20G", "999999999999T"),
            List.of("", "0G", "-1G", "+1G", "1", "1.5G", "1g", "20G ", "100%FREE", "1000000000000G")),
    PACKAGE_NAME(
            PackageName.class,
            PackageName::new,
            List.of("nginx", "g++", "libc6:amd64", "a"),
            List.of(
                    "",
                    "-o",
                    "nginx-",
                    "nginx=1",
                    "nginx/stable",
                    "a b",
                    "~nx",
                    "../x.deb",
                    "./x.deb",
                    "ng\u0456nx",
                    "?all")),
    ATTRIBUTE_PATH(
            AttributePath.class,
            AttributePath::new,
            List.of("nginx", "python311Packages.requests", "_7zz", "a.b'.c-d"),
            List.of(
                    "",
                    "-A",
                    "a.-b",
                    "7zip",
                    "a..b",
                    ".a",
                    "a.",
                    "a.0",
                    "a b",
                    "a;b",
                    "${a}",
                    "\"a\"",
                    "<nixpkgs>",
                    "(x)",
                    "a/b",
                    "ng\u0456nx")),
    PACKAGE_VERSION(
            PackageVersion.class,
            PackageVersion::new,
            List.of("1.22.1-9+deb12u2", "1:2.3~rc1", "2.0^git1"),
            List.of("", "-1", "~1", "1 2", "1/2", "1=2", "1,2")),
    PACKAGE_QUERY(
            PackageQuery.class,
            PackageQuery::new,
            List.of("web server", "g++", "nginx  light"),
            List.of("", " a", "a ", "-a", "web -x", "web --all", "a;b", "a|b", ".*")),
    SERVICE_NAME(
            ServiceName.class,
            ServiceName::new,
            List.of("nginx", "nginx.service", "getty@tty1.service", "dev-disk-by\\x2dlabel.swap"),
            List.of("", "-H", "--now", "nginx *", "*", "a/b", "../a", "[a]", "a b")),
    SNAPSHOT_NAME(
            SnapshotName.class,
            SnapshotName::new,
            List.of("pre-upgrade-2025-11-26", "a..b", "1"),
            List.of("", ".", "..", "-r", "a/b", "a@b", "a b", "a%b", "../a")),
    VOLUME_NAME(
            VolumeName.class,
            VolumeName::new,
            List.of("production-data", "tank/data", "a/b/c", "a..b", "data+1"),
            List.of("", "/a", "a/", "a//b", "a/../b", "..", "../a", "a/.snapshots/x", "-a", "a b", "a@b", "a\u00e9")),
    POOL_NAME(
            PoolName.class,
            PoolName::new,
            List.of("tank", "vg0", "a.b"),
            List.of("", "0a", "-a", "a/b", "..", "a b", "a:b")),
    MOUNT_OPTION(
            MountOption.class,
            MountOption::new,
            List.of(
                    "ro",
                    "noatime",
                    "timeo=600",
                    "rsize=1048576",
                    "sec=krb5p",
                    "proto=tcp6",
                    "clientaddr=fd00::1",
                    "clientaddr=10.0.0.1",
                    "nconnect=16",
                    "port=65535",
                    "mounthost=nas.example.com",
                    "namlen=255",
                    "actimeo=0"),
            List.of(
                    "",
                    "bind",
                    "remount",
                    "bg",
                    "loop",
                    "vers=3",
                    "rw=1",
                    "timeo",
                    "timeo=",
                    "timeo=0",
                    "timeo=-1",
                    "timeo=1e3",
                    "timeo=99999",
                    "rsize=1000",
                    "rsize=0x400",
                    "sec=root",
                    "sec=sys:krb5",
                    "proto=tcp,suid",
                    "clientaddr=nas",
                    "clientaddr=10.0.0.256",
                    "nconnect=17",
                    "port=65536",
                    "mountvers=4",
                    "namlen=256",
                    "mounthost=-x",
                    "rw,suid",
                    "addr=10.0.0.1",
                    "password=x")),
    NAMESPACE(
            Namespace.class,
            Namespace::new,
            List.of("production", "a", "kube-system", "0a"),
            List.of("", "-a", "a-", "a.b", "A", "a/b", "..", "a".repeat(64))),
    WORKLOAD_NAME(
            WorkloadName.class,
            WorkloadName::new,
            List.of("web-api", "deployment/web-api", "statefulset/db.v1"),
            List.of("", "pod/x", "deployment/", "deployment/../x", "a..b", "a/b/c", "A", "-a", "a?b=c", "a%2fb")),
    PAGE_CURSOR(
            PageCursor.class,
            PageCursor::new,
            List.of("deployments:eyJ2IjoibWV0YS5rOHMuaW8vdjEifQ", "a=="),
            List.of("", "a b", "a&b", "a%2f", "a\nb", "a?b")),
    MACHINE_NAME(
            MachineName.class,
            MachineName::new,
            List.of("app1", "app1.example.com", "A", "xn--nxasmq6b.example", "a".repeat(63)),
            List.of(
                    "",
                    "-a",
                    "a-",
                    "a.",
                    ".a",
                    "a..b",
                    "a_b",
                    "10.0.0.1",
                    "1",
                    "a b",
                    "a\n",
                    "n\u0430s",
                    "a".repeat(64),
                    "a/b")),
    TIME_ZONE_NAME(
            TimeZoneName.class,
            TimeZoneName::new,
            List.of("UTC", "Etc/GMT+5", "America/Argentina/Buenos_Aires", "America/Port-au-Prince", "EST5EDT"),
            List.of(
                    "",
                    "utc",
                    "-UTC",
                    "Europe/",
                    "/UTC",
                    "Europe//Berlin",
                    "../UTC",
                    "Europe/../UTC",
                    "Europe/-x",
                    "A B",
                    "UTC\n")),
    USER_NAME(
            UserName.class,
            UserName::new,
            List.of("deploy", "_apt", "a", "web-1", "a".repeat(32)),
            List.of("", "-a", "1a", "A", "a.b", "a b", "a:b", "a/b", "..", "a$", "a\n", "\u0430", "a,b")),
    GROUP_NAME(
            GroupName.class,
            GroupName::new,
            List.of("adm", "systemd-journal", "_ssh"),
            List.of("", "-a", "1a", "A", "a,b", "a b", "a:b", "a/b", "a\n")),
    SSH_PUBLIC_KEY(
            SshPublicKey.class,
            SshPublicKey::new,
            List.of(
                    "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIOCP2/j+2eF2jvDtHKnUq+YA9sV2i3hZzqewKA7hdJiI deploy@example.com",
                    "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIOCP2/j+2eF2jvDtHKnUq+YA9sV2i3hZzqewKA7hdJiI",
                    "ecdsa-sha2-nistp256 AAAAE2VjZHNhLXNoYTItbmlzdHAyNTYAAAAIbmlzdHAyNTYAAABBBEA+H3Gd5CqBCT+LkL9YEPhZ9BsV+qrmaBXKIWOaBRDN6oHHT3dB0YgM3g3MJS9Upv8J40JprIrgDBVl0DGL/6Y= root@vm"),
            List.of(
                    "",
                    "ssh-ed25519",
                    "ssh-ed25519 AAAA",
                    "ssh-dss AAAAC3NzaC1lZDI1NTE5AAAAIOCP2/j+2eF2jvDtHKnUq+YA9sV2i3hZzqewKA7hdJiI",
                    "command=\"id\" ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIOCP2/j+2eF2jvDtHKnUq+YA9sV2i3hZzqewKA7hdJiI deploy@example.com",
                    "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIOCP2/j+2eF2jvDtHKnUq+YA9sV2i3hZzqewKA7hdJiI deploy@example.com\n",
                    "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIOCP2/j+2eF2jvDtHKnUq+YA9sV2i3hZzqewKA7hdJiI deploy@example.com a\nssh-rsa",
                    " ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIOCP2/j+2eF2jvDtHKnUq+YA9sV2i3hZzqewKA7hdJiI deploy@example.com",
                    "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIOCP2/j+2eF2jvDtHKnUq+YA9sV2i3hZzqewKA7hdJiI deploy@example.com  two",
                    "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIOCP2/j+2eF2jvDtHKnUq+YA9sV2i3hZzqewKA7hdJiI deploy@example.com \u0430")),
    REMARK(
            Remark.class,
            Remark::new,
            List.of(
                    "before the upgrade; $(x)",
                    "f\u00fcr die Pr\u00fcfung",
                    "\u0434\u043b\u044f",
                    "\u65e5\u672c",
                    "a-b"),
            List.of(
                    "",
                    "-f",
                    " a",
                    "a\nb",
                    "a\u0000",
                    "a\u202eb",
                    "a\u200bb",
                    "a\u00adb",
                    "a\ufeff",
                    "\ud83d\ude00",
                    "a\ue000",
                    "a\u2028b",
                    "a\u3164",
                    "a\u009bb"));

    final Class<?> type;
    final Function<String, Object> read;
    final List<String> accepted;
    final List<String> refused;

    Values(Class<?> type, Function<String, Object> read, List<String> accepted, List<String> refused) {
        this.type = type;
        this.read = read;
        this.accepted = accepted;
        this.refused = refused;
    }

    /** Its text, where it accepts this one. */
    Optional<String> of(String text) {
        try {
            return Optional.of(read.apply(text).toString());
        } catch (InvalidValue e) {
            return Optional.empty();
        }
    }
}
