package io.infrabridge.server.system;

import io.infrabridge.runtime.value.AbsolutePath;
import io.infrabridge.runtime.value.Between;
import io.infrabridge.runtime.value.GroupName;
import io.infrabridge.runtime.value.InvalidValue;
import io.infrabridge.runtime.value.SshPublicKey;
import io.infrabridge.runtime.value.UserName;
import java.util.List;
import java.util.Optional;

/**
 * An account as it is asked for.
 *
 * @param uid its number, 1000 to 60000; the host chooses where absent
 * @param groups besides its own; where absent, those that an account has are not looked at
 * @param shell one of shells(5); the host's usual one where absent
 * @param sshKeys all that open it; where absent, those that it has are not looked at
 */
record NewUser(
        UserName userName,

        @Between(least = Accounts.FIRST_OF_PEOPLE, most = NewUser.LAST_UID)
        Optional<Integer> uid,

        Optional<List<GroupName>> groups,
        Optional<AbsolutePath> shell,
        Optional<List<SshPublicKey>> sshKeys) {
    static final int LAST_UID = 60_000;
    private static final int MOST_GROUPS = 16;
    private static final int MOST_KEYS = 15;

    NewUser {
        groups = groups.map(list -> list.stream().distinct().toList());
        sshKeys = sshKeys.map(list -> list.stream().distinct().toList());
        if (uid.filter(number -> number < Accounts.FIRST_OF_PEOPLE || number > LAST_UID)
                .isPresent()) {
            throw new InvalidValue("uid: expected " + Accounts.FIRST_OF_PEOPLE + " to " + LAST_UID);
        }
        if (groups.filter(list -> list.size() > MOST_GROUPS).isPresent()) {
            throw new InvalidValue("groups: expected at most " + MOST_GROUPS);
        }
        if (sshKeys.filter(list -> list.size() > MOST_KEYS).isPresent()) {
            throw new InvalidValue("ssh_keys: expected at most " + MOST_KEYS);
        }
    }

    String home() {
        return "/home/" + userName;
    }

    String keyFile() {
        return home() + "/.ssh/authorized_keys";
    }
}
