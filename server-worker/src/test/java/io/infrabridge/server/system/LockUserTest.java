package io.infrabridge.server.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.infrabridge.contract.Category;
import io.infrabridge.contract.Json;
import io.infrabridge.runtime.operation.Captured;
import io.infrabridge.runtime.operation.Output;
import io.infrabridge.runtime.operation.Rehearsal;
import io.infrabridge.runtime.operation.UnexpectedOutput;
import java.util.List;
import org.junit.jupiter.api.Test;

final class LockUserTest {
    private final Output there = Captured.output("getent-passwd-practice");
    private final Output usable = Captured.output("passwd-usable");
    private final Output asterisk = Captured.output("passwd-asterisk");
    private final Output locked = Captured.output("passwd-locked");
    private final Output open = Captured.output("chage-open");
    private final Output later = Captured.output("chage-later");
    private final Output expired = Captured.output("chage-expired");
    private final Output now = Captured.output("date-utc");

    private final Rehearsal<?, ?> lock = of(true, "practice");
    private final Rehearsal<?, ?> unlock = of(false, "practice");

    @Test
    void closesAnAccountWithAndWithoutAPassword() {
        assertThat(lock.plan(there, usable, open, now))
                .containsExactly(List.of("usermod", "--lock", "--expiredate", "1970-01-02", "--", "practice"));
        assertThat(lock.plan(there, asterisk, open, now))
                .containsExactly(List.of("usermod", "--expiredate", "1970-01-02", "--", "practice"));
        assertThat(lock.plan(there, usable, expired, now)).hasSize(1);
        assertThat(lock.asRoot(there, usable, open, now)).isTrue();
    }

    @Test
    void opensItAgainJustAsItWas() {
        assertThat(lock.foreseenUndo(there, usable, open, now))
                .containsExactly(List.of("usermod", "--unlock", "--expiredate=-1", "--", "practice"));
        assertThat(lock.foreseenUndo(there, usable, later, now))
                .containsExactly(List.of("usermod", "--unlock", "--expiredate", "2027-01-31", "--", "practice"));
        assertThat(lock.foreseenUndo(there, asterisk, open, now))
                .containsExactly(List.of("usermod", "--expiredate=-1", "--", "practice"));
        assertThat(lock.undo(List.of(there, asterisk, later, now), List.of(there, locked, expired, now)))
                .containsExactly(List.of("usermod", "--expiredate", "2027-01-31", "--", "practice"));
    }

    @Test
    void leavesALockedOneAlone() {
        assertThat(lock.plan(there, locked, expired, now)).isEmpty();
        assertThat(lock.changed(List.of(there, usable, open, now), List.of(there, locked, expired, now)))
                .isEqualTo(Json.parse("""
                        {"user_name":"practice","locked":true,"password_usable":false,"expires":"1970-01-02"}"""));
        assertThat(unlock.plan(there, usable, open, now)).isEmpty();
        assertThat(unlock.plan(there, asterisk, later, now)).isEmpty();
    }

    @Test
    void countsAnAccountAsExpiredFromItsLastDayOn() {
        Output thatDay = Output.of("2027-01-31T00:00:00.000000000Z\n");
        Output dayBefore = Output.of("2027-01-30T23:59:59.999999999Z\n");
        assertThat(lock.plan(there, locked, later, thatDay)).isEmpty();
        assertThat(lock.plan(there, locked, later, dayBefore)).hasSize(1);
    }

    @Test
    void unlocksAndKnowsTheWayBack() {
        assertThat(unlock.plan(there, locked, expired, now))
                .containsExactly(List.of("usermod", "--unlock", "--expiredate=-1", "--", "practice"));
        assertThat(unlock.foreseenUndo(there, locked, expired, now))
                .containsExactly(List.of("usermod", "--expiredate", "1970-01-02", "--", "practice"));
        assertThat(unlock.undo(List.of(there, locked, expired, now), List.of(there, usable, open, now)))
                .containsExactly(List.of("usermod", "--lock", "--expiredate", "1970-01-02", "--", "practice"));
        assertThat(unlock.undo(List.of(there, asterisk, expired, now), List.of(there, asterisk, open, now)))
                .containsExactly(List.of("usermod", "--expiredate", "1970-01-02", "--", "practice"));
    }

    @Test
    void neverLocksTheAccountByWhichItCame() {
        Output infra = Output.of("infra:x:1000:1000::/home/infra:/bin/bash\n");
        for (boolean locking : List.of(true, false)) {
            assertThat(of(locking, "infra").refusal(infra, usable, expired, now).category())
                    .isEqualTo(Category.PRECONDITION_FAILED);
        }
    }

    @Test
    void neverLocksRootOrTheSystemsAccounts() {
        for (String line : List.of(
                "root:x:0:0:root:/root:/bin/bash", "daemon:x:1:1::/:/bin/sh", "nobody:x:65534:65534::/:/bin/sh")) {
            assertThat(of(true, line.split(":")[0])
                            .refusal(Output.of(line + "\n"), usable, open, now)
                            .message())
                    .contains("is an account of the system");
        }
    }

    @Test
    void saysThatThereIsNoSuchUser() {
        Output[] nobody = {
            Output.failed(2, ""),
            Captured.error(1, "passwd-unknown"),
            Output.failed(1, "chage: user does not exist"),
            now
        };
        assertThat(lock.refusal(nobody).category()).isEqualTo(Category.NOT_FOUND);
        assertThat(unlock.refusal(nobody).hint()).contains("list_users");
    }

    /** Made by hand after the source of Red Hat's passwd(1), which says other words. */
    @Test
    void readsTheWordsOfOtherDistributions() {
        Output rhel = Output.of("practice LK 2026-11-29 0 99999 7 -1 (Password locked.)\n");
        assertThat(lock.plan(there, rhel, expired, now)).isEmpty();
        Output set = Output.of("practice PS 2026-11-29 0 99999 7 -1 (Password set, SHA512 crypt.)\n");
        assertThat(lock.plan(there, set, open, now).get(0)).contains("--lock");
    }

    @Test
    void doesNotUnderstandGarbage() {
        Output garbage = Output.of("garbage\n");
        assertThatThrownBy(() -> lock.plan(garbage, usable, open, now)).isInstanceOf(UnexpectedOutput.class);
        assertThatThrownBy(() -> lock.plan(there, garbage, open, now)).isInstanceOf(UnexpectedOutput.class);
        assertThatThrownBy(() -> lock.plan(there, usable, garbage, now)).isInstanceOf(UnexpectedOutput.class);
        assertThatThrownBy(() -> lock.plan(there, usable, open, garbage)).isInstanceOf(UnexpectedOutput.class);
    }

    private static Rehearsal<?, ?> of(boolean locking, String name) {
        String arguments = "{'operation':'system','action':'" + (locking ? "lock" : "unlock") + "_user','user_name':'"
                + name + "'}";
        return locking ? new Rehearsal<>(new LockUser(), arguments) : new Rehearsal<>(new UnlockUser(), arguments);
    }
}
