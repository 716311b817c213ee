package io.infrabridge.server.system;

import java.util.List;
import java.util.Set;

/**
 * An account of a server.
 *
 * @param groups all of them, the first one too
 * @param canLogIn whether its shell is one; an account that is locked may have one
 */
record UserAccount(
        String userName, long uid, long gid, String home, String shell, List<String> groups, boolean canLogIn) {
    private static final Set<String> NO_SHELLS = Set.of("nologin", "false", "sync", "halt", "shutdown");

    UserAccount {
        groups = List.copyOf(groups);
    }

    static UserAccount of(Accounts.User user, List<String> groups) {
        String shell = user.shell();
        return new UserAccount(
                user.name(),
                user.uid(),
                user.gid(),
                user.home(),
                shell,
                groups,
                !NO_SHELLS.contains(shell.substring(shell.lastIndexOf('/') + 1)));
    }
}
