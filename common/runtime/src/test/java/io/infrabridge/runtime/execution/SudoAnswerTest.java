package io.infrabridge.runtime.execution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.infrabridge.contract.Category;
import io.infrabridge.runtime.operation.Output;
import io.infrabridge.runtime.operation.Run;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SudoAnswerTest {
    private static final Run STEP = Run.of("export", "exportfs", "-ra").asRoot("exports are root's");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sudo: a password is required",
                "Sorry, user infra is not allowed to execute '/usr/bin/id' as root on app2.",
                "infra is not in the sudoers file.",
                "infra is not in the sudoers file.  This incident will be reported.",
                "Sorry, user infra may not run sudo on app2.",
                "sudo: sorry, you are not allowed to set a command timeout",
                "sudo: unable to resolve host app2: Name or service not known\nsudo: a password is required"
            })
    void knowsARefusal(String said) {
        assertThatThrownBy(() -> SudoAnswer.of(STEP, Output.failed(1, said + "\n")))
                .isInstanceOfSatisfying(ExecutionFailure.class, failure -> {
                    assertThat(failure.failure().category()).isEqualTo(Category.PRIVILEGE_REQUIRED);
                    assertThat(failure.failure().hint()).contains("sudoers");
                    assertThat(failure.stoppedForSure()).isTrue();
                });
    }

    @Test
    void knowsThatThereIsNoSudo() {
        assertThatThrownBy(() -> SudoAnswer.of(STEP, Output.failed(127, "sh: 1: exec: sudo: not found\n")))
                .hasMessageContaining("sudo is not installed");
        assertThatThrownBy(() -> SudoAnswer.of(STEP, Output.failed(127, "bash: line 1: exec: sudo: not found\n")))
                .hasMessageContaining("sudo is not installed");
    }

    @Test
    void tellsAMissingProgramFromARefusal() {
        assertThat(SudoAnswer.of(STEP, Output.failed(1, "sudo: exportfs: command not found\n"))
                        .missing())
                .isTrue();
    }

    @Test
    void leavesTheProgramsOwnFailureAlone() {
        Output own = Output.failed(1, "exportfs: /srv does not exist\n");

        assertThat(SudoAnswer.of(STEP, own)).isEqualTo(own);
    }
}
