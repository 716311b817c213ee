package io.infrabridge.server.system;

import io.infrabridge.contract.Risk;
import io.infrabridge.contract.Selector;
import io.infrabridge.runtime.operation.HostFacts;
import io.infrabridge.runtime.operation.HostOperation;
import io.infrabridge.runtime.operation.OperationSpec;
import io.infrabridge.runtime.operation.Outputs;
import io.infrabridge.runtime.operation.Plan;
import io.infrabridge.runtime.operation.Probed;
import io.infrabridge.runtime.operation.Undo;
import io.infrabridge.runtime.value.UserName;
import io.infrabridge.server.ServerManage;
import jakarta.inject.Singleton;
import java.time.LocalDate;
import java.util.Optional;

/** Locks an account: its password and, by letting it expire, its keys too; who is logged in stays so. See usermod(8). */
@Singleton
final class LockUser implements HostOperation<LockUser.Input, LockState> {
    @Override
    public OperationSpec<Input, LockState> spec() {
        return OperationSpec.read(
                        ServerManage.TOOL,
                        "Lock an account, so that nobody can log in to it any more; running sessions go on",
                        Input.class,
                        LockState.class,
                        Selector.of("operation", "system"),
                        Selector.of("action", "lock_user"))
                .risking(Risk.CHANGE)
                .running(AccountLock.PROGRAMS)
                .runningAsRoot(AccountLock.AS_ROOT);
    }

    @Override
    public Plan probe(Input in, HostFacts host) {
        return AccountLock.look(in.userName());
    }

    @Override
    public Plan plan(Input in, HostFacts host, Probed before) {
        AccountLock lock = AccountLock.parse(in.userName(), before);
        return lock.refusal(in.userName(), host).orElseGet(() -> {
            if (lock.locked()) {
                return Plan.nothing();
            }
            Optional<String> password = Optional.of("--lock").filter(word -> lock.passwordUsable());
            Undo undo = Undo.by(AccountLock.set(
                    "Open the account " + in.userName() + " as it was",
                    in.userName(),
                    Optional.of("--unlock").filter(word -> lock.passwordUsable()),
                    lock.expires().map(LocalDate::toString)));
            return Plan.of(AccountLock.set(
                            "Lock the account " + in.userName(),
                            in.userName(),
                            password,
                            Optional.of(AccountLock.LONG_AGO))
                    .undoneBy(undo));
        });
    }

    @Override
    public LockState parse(Input in, Outputs out) {
        return LockState.of(in.userName(), out.after());
    }

    record Input(UserName userName) {}
}
