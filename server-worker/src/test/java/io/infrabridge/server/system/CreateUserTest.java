package io.infrabridge.server.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.infrabridge.contract.Category;
import io.infrabridge.contract.Json;
import io.infrabridge.runtime.catalogue.InvalidArguments;
import io.infrabridge.runtime.operation.Captured;
import io.infrabridge.runtime.operation.Output;
import io.infrabridge.runtime.operation.Rehearsal;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class CreateUserTest {
    private static final String KEY =
            "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIOCP2/j+2eF2jvDtHKnUq+YA9sV2i3hZzqewKA7hdJiI deploy@example.com";
    private static final String ALL =
            ",'uid':1500,'groups':['adm','users'],'shell':'/bin/bash','ssh_keys':['" + KEY + "']";

    private final Output shells = Captured.output("cat-shells");
    private final Output none = Output.failed(2, "");
    private final Output noKeys = Captured.error(1, "stat-home-missing");

    /** Nobody is called practice, the groups are there, nobody has the home directory. */
    private final Output[] free = {
        Captured.error(2, "getent-passwd-unknown"),
        new Output(2, Captured.text("getent-group-new"), "", false),
        Captured.error(1, "id-unknown"),
        shells,
        Captured.error(1, "stat-home-missing"),
        noKeys
    };

    private final Output[] made = {
        Captured.output("getent-passwd-practice"),
        Captured.output("getent-group-practice"),
        Captured.output("id-practice"),
        shells,
        Captured.output("stat-home"),
        Captured.output("cat-authorized-keys")
    };

    @Test
    void looksAtTheKeysAsRootOnlyWhereKeysAreAskedFor() {
        assertThat(of("").probe())
                .containsExactly(
                        List.of("getent", "passwd", "--", "practice"),
                        List.of("getent", "group", "--", "practice"),
                        List.of("id", "-Gn", "--", "practice"),
                        List.of("cat", "/etc/shells"),
                        List.of("stat", "--", "/home/practice"));
        assertThat(of(ALL).probe())
                .hasSize(6)
                .contains(List.of("getent", "passwd", "--", "practice", "1500"))
                .contains(List.of("getent", "group", "--", "practice", "adm", "users"))
                .contains(List.of("cat", "--", "/home/practice/.ssh/authorized_keys"));
    }

    @Test
    void makesTheAccountThenItsKeys() {
        List<List<String>> plan = of(ALL).plan(free);
        assertThat(plan).hasSize(3);
        assertThat(plan.get(0))
                .containsExactly(
                        "useradd",
                        "--create-home",
                        "--home-dir",
                        "/home/practice",
                        "--user-group",
                        "--password",
                        "*",
                        "--shell",
                        "/bin/bash",
                        "--uid",
                        "1500",
                        "--groups",
                        "adm,users",
                        "--",
                        "practice");
        assertThat(plan.get(1))
                .containsExactly(
                        "install", "-d", "-m", "0700", "-o", "practice", "-g", "practice", "--", "/home/practice/.ssh");
        assertThat(plan.get(2))
                .startsWith(
                        "install",
                        "-m",
                        "0600",
                        "-o",
                        "practice",
                        "-g",
                        "practice",
                        "-T",
                        "--",
                        "/dev/stdin",
                        "/home/practice/.ssh/authorized_keys")
                .last()
                .asString()
                .startsWith("< sha256:");
        assertThat(of(ALL).asRoot(free)).isTrue();
    }

    @Test
    void leavesToTheHostWhatIsNotAskedFor() {
        Output[] before = {none, none, Captured.error(1, "id-unknown"), shells, Captured.error(1, "stat-home-missing")};
        assertThat(of("").plan(before))
                .containsExactly(List.of(
                        "useradd",
                        "--create-home",
                        "--home-dir",
                        "/home/practice",
                        "--user-group",
                        "--password",
                        "*",
                        "--shell",
                        "/bin/bash",
                        "--",
                        "practice"));
        before[3] = Output.of("/bin/sh\n");
        assertThat(of("").plan(before).get(0)).contains("/bin/sh");
    }

    @Test
    void removesWhatItMadeAndNothingElse() {
        List<String> removal = List.of("userdel", "--remove", "--", "practice");
        assertThat(of(ALL).foreseenUndo(free)).containsExactly(removal);
        assertThat(of(ALL).undo(List.of(free), List.of(made))).containsExactly(removal);
        assertThat(of(ALL).undo(List.of(free), List.of(free))).isEmpty();
    }

    @Test
    void leavesAnAccountAloneThatIsAsAsked() {
        assertThat(of(ALL).plan(made)).isEmpty();
        assertThat(of(",'groups':['users','adm','practice']").plan(withoutKeys(made)))
                .isEmpty();
        assertThat(of("").plan(withoutKeys(made))).isEmpty();
        JsonNode account = of(ALL).changed(List.of(free), List.of(made));
        assertThat(Json.parse(account.toString())).isEqualTo(Json.parse("""
                        {"user_name":"practice","uid":1500,"gid":1500,"home":"/home/practice","shell":"/bin/bash",
                         "groups":["practice","adm","users"],"can_log_in":true}"""));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                ",'uid':1501; its uid is 1500",
                ",'shell':'/bin/sh'; its shell is /bin/bash",
                ",'groups':[]; its groups are adm, users",
                ",'groups':['adm']; its groups are adm, users",
            })
    void saysInWhatAnAccountDiffers(String asked, String difference) {
        assertThat(of(asked).refusal(withoutKeys(made)).category()).isEqualTo(Category.CONFLICT);
        assertThat(of(asked).refusal(withoutKeys(made)).message()).contains(difference);
    }

    @Test
    void takesOtherKeysForADifference() {
        made[5] = Output.of("# mine\n" + KEY + "\nssh-rsa AAAAB3 other\n");
        assertThat(of(ALL).refusal(made).message()).contains("its SSH keys are others, 2 of them");
        made[5] = Output.of("command=\"id\" " + KEY + "\n");
        assertThat(of(ALL).refusal(made).message()).contains("its SSH keys are others");
        made[5] = noKeys;
        assertThat(of(ALL).refusal(made).message()).contains("its SSH keys are others, 0 of them");
        made[5] = Output.of("# a comment\n" + KEY.replace("deploy@example.com", "somebody") + "\n");
        assertThat(of(ALL).plan(made)).isEmpty();
    }

    @Test
    void neverTakesAnAccountOfTheSystem() {
        Output daemon = Output.of("daemon:x:1:1:daemon:/home/daemon:/bin/sh\n");
        Output[] there = {daemon, none, Output.of("daemon\n"), shells, none};
        Rehearsal<?, ?> create =
                new Rehearsal<>(new CreateUser(), "{'operation':'system','action':'create_user','user_name':'daemon'}");
        assertThat(create.refusal(there).message()).contains("an account of the system");
    }

    @ParameterizedTest
    @ValueSource(strings = {"root", "sudo", "wheel", "docker", "disk", "lxd"})
    void makesNobodyRoot(String group) {
        Rehearsal<?, ?> create = of(",'groups':['" + group + "']");
        assertThat(create.refusal(withoutKeys(free)).category()).isEqualTo(Category.PRECONDITION_FAILED);
        assertThat(create.refusal(withoutKeys(made)).message()).contains("can become root");
    }

    @Test
    void refusesWhatTheHostCannotHave() {
        free[1] = new Output(2, "users:x:100:\n", "", false);
        assertThat(of(ALL).refusal(free).category()).isEqualTo(Category.NOT_FOUND);
        assertThat(of(ALL).refusal(free).message()).contains("no group adm");
        free[1] = Output.of(Captured.text("getent-group-practice"));
        assertThat(of(ALL).refusal(free).message()).contains("a group practice already");
        free[1] = Output.of(Captured.text("getent-group-new"));
        free[0] = new Output(2, "other:x:1500:1500::/home/other:/bin/sh\n", "", false);
        assertThat(of(ALL).refusal(free).message()).isEqualTo("The uid 1500 is that of other.");
        free[0] = none;
        free[4] = Captured.output("stat-home");
        assertThat(of(ALL).refusal(free).message()).contains("There is /home/practice already");
        free[3] = Output.of("/bin/sh\n");
        assertThat(of(ALL).refusal(free).message()).contains("/bin/bash is not one of the host's shells: /bin/sh");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'uid':999",
                "'uid':0",
                "'uid':60001",
                "'groups':['-G']",
                "'groups':['a,b']",
                "'shell':'bash'",
                "'ssh_keys':['ssh-ed25519 x']",
                "'password':'x'"
            })
    void cannotBeAskedForAnythingElse(String wrong) {
        assertThatThrownBy(() -> of("," + wrong)).isInstanceOf(InvalidArguments.class);
    }

    @Test
    void takesNoMoreThanFitsIntoOneStep() {
        String keys = KEY + "x','" + KEY;
        assertThat(of(",'ssh_keys':['" + keys + "']").plan(free)).hasSize(3);
        StringBuilder many = new StringBuilder();
        for (int i = 0; i < 16; i++) {
            many.append(i == 0 ? "" : ",").append('\'').append(KEY).append(i).append('\'');
        }
        assertThatThrownBy(() -> of(",'ssh_keys':[" + many + "]")).isInstanceOf(InvalidArguments.class);
    }

    private static Output[] withoutKeys(Output[] seen) {
        return Arrays.copyOf(seen, 5);
    }

    private static Rehearsal<?, ?> of(String more) {
        return new Rehearsal<>(
                new CreateUser(), "{'operation':'system','action':'create_user','user_name':'practice'" + more + "}");
    }
}
