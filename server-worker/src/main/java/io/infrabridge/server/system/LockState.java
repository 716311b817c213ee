package io.infrabridge.server.system;

import io.infrabridge.runtime.operation.Probed;
import io.infrabridge.runtime.value.UserName;
import java.time.LocalDate;
import java.util.Optional;

/**
 * Whether an account is locked.
 *
 * @param locked whether nobody can log in to it, by whatever means
 * @param expires the first day on which it is closed; absent where it stays open
 * @param passwordUsable whether one could log in by a password while it is open
 */
record LockState(String userName, boolean locked, boolean passwordUsable, Optional<String> expires) {
    static LockState of(UserName name, Probed seen) {
        AccountLock lock = AccountLock.parse(name, seen);
        return new LockState(
                name.value(),
                lock.expired(),
                lock.passwordUsable(),
                lock.expires().map(LocalDate::toString));
    }
}
