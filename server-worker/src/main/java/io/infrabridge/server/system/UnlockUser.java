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
import io.infrabridge.server.ServerManage;
import jakarta.inject.Singleton;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/** Opens an account that has expired, whoever let it, and with it the password that it has; see usermod(8). */
@Singleton
final class UnlockUser implements HostOperation<LockUser.Input, LockState> {
    @Override
    public OperationSpec<LockUser.Input, LockState> spec() {
        return OperationSpec.read(
                        ServerManage.TOOL,
                        "Open an account again that was locked or has expired, with the keys and the password that it has",
                        LockUser.Input.class,
                        LockState.class,
                        Selector.of("operation", "system"),
                        Selector.of("action", "unlock_user"))
                .risking(Risk.CHANGE)
                .running(AccountLock.PROGRAMS)
                .runningAsRoot(AccountLock.AS_ROOT);
    }

    @Override
    public Plan probe(LockUser.Input in, HostFacts host) {
        return AccountLock.look(in.userName());
    }

    @Override
    public Plan plan(LockUser.Input in, HostFacts host, Probed before) {
        AccountLock lock = AccountLock.parse(in.userName(), before);
        return lock.refusal(in.userName(), host).orElseGet(() -> {
            if (!lock.expired()) {
                return Plan.nothing();
            }
            String day = lock.expires().map(LocalDate::toString).orElseThrow();
            String again = "Close the account " + in.userName() + " again";
            // whether the password was locked, or is none at all, is seen only when it is not locked any more
            Undo undo = Undo.difference(
                    seen -> List.of(AccountLock.set(again, in.userName(), Optional.empty(), Optional.of(day))),
                    (seen, now) -> List.of(AccountLock.set(
                            again,
                            in.userName(),
                            Optional.of("--lock")
                                    .filter(word -> !lock.passwordUsable()
                                            && AccountLock.parse(in.userName(), now)
                                                    .passwordUsable()),
                            Optional.of(day))));
            return Plan.of(AccountLock.set(
                            "Open the account " + in.userName(),
                            in.userName(),
                            Optional.of("--unlock"),
                            Optional.empty())
                    .undoneBy(undo));
        });
    }

    @Override
    public LockState parse(LockUser.Input in, Outputs out) {
        return LockState.of(in.userName(), out.after());
    }
}
