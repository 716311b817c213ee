package io.infrabridge.runtime.value;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Optional;

/**
 * One option of an NFS mount with a value of its own kind; see nfs(5) and mount(8). Only known ones: {@code bind} or
 * {@code remount} would make another command of it, {@code bg} would end before anything is mounted, and the version is an
 * argument of its own.
 */
@Text(
        pattern = "^(" + MountOption.FLAGS + "|" + MountOption.NUMBERS + "|" + MountOption.WORDS + "|"
                + MountOption.PLACES + ")$",
        longest = 128,
        expected = "one mount option of nfs(5), name or name=value, with a value of its kind",
        example = "timeo=600")
public record MountOption(@JsonValue String value) {
    static final String FLAGS =
            "defaults|ro|rw|sync|async|atime|noatime|relatime|norelatime|strictatime|diratime|nodiratime"
                    + "|exec|noexec|suid|nosuid|dev|nodev|hard|soft|softerr|softreval|nosoftreval|intr|nointr|ac|noac"
                    + "|fg|sharecache|nosharecache|resvport|noresvport|fsc|nofsc|lock|nolock|cto|nocto|acl|noacl"
                    + "|rdirplus|nordirplus|migration|nomigration|trunkdiscovery|notrunkdiscovery|tcp|udp|rdma|_netdev"
                    + "|nofail";

    /**
     * Deciseconds, counts, seconds, minutes; bytes are powers of two, as the kernel rounds them to multiples of 1024. A mount that
     * is tried again for longer than a minute would outlive its limit: its helper is not ended with it, and could mount after all.
     */
    static final String NUMBERS = "timeo=[1-9][0-9]{0,3}|retrans=[0-9]{1,2}|retry=[01]"
            + "|(ac(reg|dir)(min|max)|actimeo)=[0-9]{1,5}|(nconnect|max_connect)=([1-9]|1[0-6])"
            + "|[rw]size=(1024|2048|4096|8192|16384|32768|65536|131072|262144|524288|1048576)"
            + "|namlen=([1-9][0-9]?|1[0-9]{2}|2[0-4][0-9]|25[0-5])|(mount)?port=" + Patterns.PORT + "|mountvers=[123]";

    static final String WORDS = "sec=(none|sys|krb5|krb5i|krb5p)|proto=(tcp|udp|rdma)6?|mountproto=(tcp|udp)6?"
            + "|lookupcache=(all|none|pos|positive)|local_lock=(all|flock|posix|none)|xprtsec=(none|tls|mtls)";

    static final String PLACES = "clientaddr=(" + Patterns.IPV4 + "|" + Patterns.IPV6 + ")|mounthost=" + Patterns.HOST;

    @JsonCreator
    public MountOption {
        Form.check(MountOption.class, value);
    }

    public String name() {
        return value.split("=", 2)[0];
    }

    /** What a host says, where a caller might have said it too. */
    public static Optional<MountOption> seen(String text) {
        return Form.fits(MountOption.class, text) ? Optional.of(new MountOption(text)) : Optional.empty();
    }

    @Override
    public String toString() {
        return value;
    }
}
