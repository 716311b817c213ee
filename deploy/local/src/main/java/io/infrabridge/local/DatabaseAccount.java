package io.infrabridge.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * Under which account PostgreSQL runs: it refuses to be root, so for root its programs are started behind a prefix.
 *
 * @param prefix what stands before every argv
 * @param owner the user id that must own the data, or -1 when it is this process's own
 */
record DatabaseAccount(List<String> prefix, int owner) {
    private static final int ROOT = 0;
    private static final int NOBODY = 65534;

    static DatabaseAccount choose() throws IOException {
        if (!Files.getAttribute(Path.of("/proc/self"), "unix:uid").equals(ROOT)) {
            return new DatabaseAccount(List.of(), -1);
        }
        List<String> ownNamespace = ProcessParent.ifUsable("unshare", "--user");
        if (!ownNamespace.isEmpty()) {
            return new DatabaseAccount(ownNamespace, ROOT);
        }
        // Containers forbid new user namespaces. The data may lie under a folder that only root can enter, so one
        // capability is kept; without the secure bit access(2) would not count it.
        String id = Integer.toString(NOBODY);
        List<String> nobody = ProcessParent.ifUsable(
                "setpriv",
                "--reuid",
                id,
                "--regid",
                id,
                "--clear-groups",
                "--securebits",
                "+no_setuid_fixup",
                "--inh-caps",
                "+dac_override",
                "--ambient-caps",
                "+dac_override");
        if (!nobody.isEmpty()) {
            return new DatabaseAccount(nobody, NOBODY);
        }
        throw new IOException("PostgreSQL does not run as root, and neither unshare nor setpriv works here:"
                + " start as an ordinary user");
    }

    /** Gives the data to the account, since the way chosen may differ from that of the last start. */
    void own(Path data) throws IOException {
        if (owner < 0) {
            return;
        }
        List<Path> all;
        try (Stream<Path> walk = Files.walk(data)) {
            all = walk.toList();
        }
        for (Path each : all) {
            Files.setAttribute(each, "unix:uid", owner, LinkOption.NOFOLLOW_LINKS);
        }
    }
}
