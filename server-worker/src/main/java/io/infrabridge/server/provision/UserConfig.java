package io.infrabridge.server.provision;

import io.infrabridge.runtime.value.AbsolutePath;
import io.infrabridge.runtime.value.GroupName;
import io.infrabridge.runtime.value.InvalidValue;
import io.infrabridge.runtime.value.SshPublicKey;
import io.infrabridge.runtime.value.UserName;
import java.util.List;
import java.util.Optional;

/**
 * An account as it shall be.
 *
 * @param groups besides its own; not looked at where absent
 * @param shell one of the host's; its usual one where absent
 * @param sshKeys all that open it; not looked at where absent
 */
record UserConfig(
        UserName name,
        Optional<List<GroupName>> groups,
        Optional<AbsolutePath> shell,
        Optional<List<SshPublicKey>> sshKeys) {
    UserConfig {
        Given.present(name, "name");
        if (groups.filter(List::isEmpty).isPresent()) {
            throw new InvalidValue("groups: expected at least one, or none of it");
        }
    }
}
