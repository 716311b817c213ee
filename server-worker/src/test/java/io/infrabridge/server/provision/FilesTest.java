package io.infrabridge.server.provision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.infrabridge.contract.Category;
import io.infrabridge.runtime.catalogue.InvalidArguments;
import io.infrabridge.runtime.operation.Captured;
import io.infrabridge.runtime.operation.Output;
import io.infrabridge.runtime.operation.Probed;
import io.infrabridge.runtime.operation.Rehearsal;
import io.infrabridge.runtime.operation.UnexpectedOutput;
import io.infrabridge.runtime.value.AbsolutePath;
import io.infrabridge.server.CatalogueTest;
import io.infrabridge.server.OddOutput;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class FilesTest {
    private static final String CONTENT = "listen = 80\\nworkers = 2\\nlog = /var/log/app.log\\n";
    private static final String PATH = "/srv/app/app.conf";
    private static final String KEPT = "/var/lib/infrabridge/former/" + Digest.of(PATH);

    private final Output file = Captured.output("stat-file");
    private final Output absent = new Output(1, Captured.text("stat-absent"), Captured.text("stat-absent.err"), false);
    private final Output content = Captured.output("cat-file");

    @Test
    void looksAtEveryDirectoryAboveAndReadsOnlyWhatItMay() {
        Rehearsal<?, ?> apply = file(PATH, CONTENT, "");
        assertThat(apply.probe())
                .containsExactly(List.of("stat", FileStatus.FORMAT, "--", "/srv", "/srv/app", "/srv/app/app.conf"));
        assertThat(apply.further(file)).containsExactly(List.of("cat", "--", PATH));
        assertThat(apply.further(file, content)).isEmpty();
        assertThat(file("/srv/app/new.conf", CONTENT, "").further(absent)).isEmpty();
    }

    @Test
    void hasNothingToDoWhereItIsSo() {
        Rehearsal<?, ?> apply = file(PATH, CONTENT, ",'mode':'644','owner':'root'");
        assertThat(apply.plan(file, content)).isEmpty();
        assertThat(apply.seen(file, content).path("changes")).isEmpty();
        assertThat(apply.seen(file, content).path("diff").asText()).isEmpty();
    }

    @Test
    void writesBesideAndMovesAndKeepsWhatWasThere() {
        Rehearsal<?, ?> apply = file(PATH, CONTENT.replace("2", "4"), ",'mode':'0640','group':'adm'");
        assertThat(apply.plan(file, content).stream().map(argv -> String.join(" ", argv)))
                .containsExactly(
                        "install -D -p -m 0600 -o root -g root -T -- /srv/app/app.conf " + KEPT,
                        "install -m 0640 -o root -g adm -T -- /dev/stdin /srv/app/app.conf.infrabridge < sha256:"
                                + Digest.of(content.text().replace("2", "4")),
                        "mv -T -- /srv/app/app.conf.infrabridge /srv/app/app.conf");
        assertThat(apply.asRoot(file, content)).isTrue();
        assertThat(apply.undo(List.of(file, content), List.of(file, content)).stream()
                        .map(argv -> String.join(" ", argv)))
                .containsExactly(
                        "rm -f -- " + KEPT,
                        "rm -f -- /srv/app/app.conf.infrabridge",
                        "install -m 0644 -o 0 -g 0 -T -- " + KEPT + " /srv/app/app.conf.infrabridge",
                        "mv -T -- /srv/app/app.conf.infrabridge /srv/app/app.conf");
    }

    @Test
    void removesWhatWasNewWhenItIsTakenBack() {
        Rehearsal<?, ?> apply = file("/srv/app/new.conf", CONTENT, "");
        assertThat(apply.plan(absent)).hasSize(2);
        assertThat(apply.foreseenUndo(absent).stream().map(argv -> String.join(" ", argv)))
                .containsExactly("rm -f -- /srv/app/new.conf.infrabridge", "rm -f -- /srv/app/new.conf");
    }

    @Test
    void showsAUnifiedDiffOfWhatEverybodyMayRead() {
        JsonNode seen = file(PATH, CONTENT.replace("2", "4"), "").seen(file, content);
        assertThat(seen.path("changes").toString())
                .isEqualTo("[{\"section\":\"files\",\"subject\":\"/srv/app/app.conf\","
                        + "\"from\":\"0644 root:root, 47 bytes\",\"to\":\"0644 root:root, 47 bytes\"}]");
        assertThat(seen.path("diff").asText()).isEqualTo("""
                @@ files @@
                --- /srv/app/app.conf 0644 root:root, 47 bytes
                +++ /srv/app/app.conf 0644 root:root, 47 bytes
                @@ -1,3 +1,3 @@
                 listen = 80
                -workers = 2
                +workers = 4
                 log = /var/log/app.log""");
    }

    @Test
    void tellsNothingOfWhatNotEverybodyMayRead() {
        Output few = Captured.output("stat-file-for-few");
        Output digest = Captured.output("sha256sum");
        Rehearsal<?, ?> same = file("/srv/app/secret.conf", "password = old\\n", ",'mode':'0640'");
        assertThat(same.further(few)).containsExactly(List.of("sha256sum", "--", "/srv/app/secret.conf"));
        assertThat(same.plan(few, digest)).isEmpty();

        Rehearsal<?, ?> other = file("/srv/app/secret.conf", "password = new\\n", ",'mode':'0640'");
        assertThat(other.plan(few, digest)).hasSize(3);
        assertThat(other.seen(few, digest).toString())
                .contains("not everybody may read it")
                .doesNotContain("password")
                .doesNotContain(Digest.of("password = new\n"), digest.text().substring(0, 64));
        // of another length it cannot be the same, so that nothing has to be read
        Rehearsal<?, ?> longer = file("/srv/app/secret.conf", "password = longer\\n", ",'mode':'0640'");
        assertThat(longer.further(few)).isEmpty();
        assertThat(longer.plan(few)).hasSize(3);
        // what becomes readable for all was a secret before
        Rehearsal<?, ?> open = file("/srv/app/secret.conf", "password = new\\n", "");
        assertThat(open.seen(few, digest).toString()).doesNotContain("password");
    }

    @Test
    void looksAsRootWhereTheAccountMayNot() {
        Output denied = new Output(1, Captured.text("stat-denied"), Captured.text("stat-denied.err"), false);
        Output asRoot = Captured.output("stat-as-root");
        Rehearsal<?, ?> apply = file("/srv/app/closed/own.conf", "x = 1\\n", "");
        assertThat(apply.further(denied)).isEqualTo(apply.probe());
        assertThat(apply.further(denied, asRoot))
                .containsExactly(List.of("sha256sum", "--", "/srv/app/closed/own.conf"));
        assertThat(apply.plan(denied, asRoot, Output.of(Digest.of("x = 1\n") + "  /srv/app/closed/own.conf\n")))
                .isEmpty();
        assertThat(apply.plan(denied, asRoot, Captured.output("sha256sum"))).hasSize(3);
    }

    @Test
    void followsNoLinkAndReplacesNothingButFiles() {
        var link = file("/srv/app/link.conf", CONTENT, "").refusal(Captured.output("stat-link"));
        assertThat(link.category()).isEqualTo(Category.CONFLICT);
        assertThat(link.message()).contains("symbolic link");
        assertThat(file("/srv/app/pipe", CONTENT, "")
                        .refusal(Captured.output("stat-pipe"))
                        .message())
                .contains("fifo");
        // the same host, with the link in the middle of the path
        Output through = Output.of(Captured.text("stat-link").replace("link.conf", "link")
                + "regular file\t644\t0\t0\troot\troot\t1\t/srv/app/link/x.conf\n");
        assertThat(file("/srv/app/link/x.conf", CONTENT, "").further(through)).isEmpty();
        assertThat(file("/srv/app/link/x.conf", CONTENT, "").refusal(through).category())
                .isEqualTo(Category.PRECONDITION_FAILED);
    }

    @Test
    void writesNoWhereThatOthersMayRearrange() {
        Output open = new Output(1, Captured.text("stat-open-directory"), "No such file or directory", false);
        var refusal = file("/srv/app/open/x.conf", CONTENT, "").refusal(open);
        assertThat(refusal.category()).isEqualTo(Category.PRECONDITION_FAILED);
        assertThat(refusal.message()).contains("/srv/app/open", "0777");
        Output foreign = Output.of("directory\t755\t0\t0\troot\troot\t4096\t/home\n"
                + "directory\t755\t1000\t1000\tmallory\tmallory\t4096\t/home/mallory\n");
        assertThat(file("/home/mallory/x", CONTENT, "").refusal(foreign).message())
                .contains("mallory");
        assertThat(file("/home/mallory/x", CONTENT, ",'owner':'mallory'").plan(foreign))
                .hasSize(2);
    }

    @Test
    void wantsTheDirectoryToBeThere() {
        Output none = new Output(1, Captured.text("stat-no-directory"), Captured.text("stat-no-directory.err"), false);
        var refusal = file("/srv/nosuch/new.conf", CONTENT, "").refusal(none);
        assertThat(refusal.category()).isEqualTo(Category.PRECONDITION_FAILED);
        assertThat(refusal.hint()).contains("packages");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/root/x",
                "/usr/bin/x",
                "/etc",
                "/etc/sudoers.d/x",
                "/etc/sudoers",
                "/etc/shadow",
                "/etc/passwd-",
                "/etc/pam.d/sshd",
                "/etc/ssh/sshd_config.d/x.conf",
                "/etc/cron.d/x",
                "/etc/crontab",
                "/etc/systemd/system/x.service",
                "/etc/profile.d/x.sh",
                "/etc/ld.so.preload",
                "/etc/apt/apt.conf.d/x",
                "/etc/sysctl.d/99-x.conf",
                "/etc/ufw/user.rules",
                "/etc/nixos/infrabridge.json",
                "/home/a/.ssh/authorized_keys",
                "/home/a/.ssh/x",
                "/srv/keys/authorized_keys2",
                "/home/a/.bashrc",
                "/home/a/.config/systemd/user/x.service",
                "/var/lib/dpkg/info/x.postinst",
                "/var/lib/infrabridge/former/x",
                "/etc/x.infrabridge"
            })
    void staysAwayFromWhatGuardsTheHost(String path) {
        var refusal = file(path, CONTENT, "").refusedProbe();
        assertThat(refusal.category()).isEqualTo(Category.INVALID_ARGUMENT);
        assertThat(refusal.hint()).isNotBlank();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/etc/nginx/conf.d/site.conf",
                "/etc/motd",
                "/opt/app/app.conf",
                "/home/a/notes",
                "/etc/sshd.conf"
            })
    void writesWhatProgramsAreConfiguredBy(String path) {
        assertThat(GuardedPaths.refusal(new AbsolutePath(path))).isEmpty();
    }

    @Test
    void fillsTemplatesWithoutLeavingAnythingOver() {
        String variables = ",'variables':[{'name':'port','value':'8$1\\\\\\\\0'},{'name':'host','value':'app2'}]";
        JsonNode seen = file("/srv/app/new.conf", "{{host}}:{{ port }}\\n{{host}}\\n", variables)
                .seen(absent);
        assertThat(seen.path("diff").asText()).endsWith("+app2:8$1\\\\0\n+app2");
        assertThatThrownBy(() -> file(PATH, "{{host}} {{other}}", variables)).isInstanceOf(InvalidArguments.class);
        assertThatThrownBy(() -> file(PATH, "{{host}}", variables)).isInstanceOf(InvalidArguments.class);
        assertThat(file("/srv/app/new.conf", "{{literal}}", "")
                        .seen(absent)
                        .path("diff")
                        .asText())
                .contains("+{{literal}}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'path':'/srv/app/x'}",
                "{'content':'x'}",
                "{'path':'/srv/app/x','content':'x','mode':'4755'}",
                "{'path':'/srv/app/x','content':'x','mode':'0666'}",
                "{'path':'/srv/app/../x','content':'x'}",
                "{'path':'/srv/app/x','content':'\\u0000'}",
                "{'path':'/srv/app/x','content':'\\u202e'}",
                "{'path':'/srv/app/x','content':'x','owner':'-R'}",
                "{'path':'/srv/app/x','content':'x'},{'path':'/srv/app/x','content':'y'}"
            })
    void isGivenWholeAndOnce(String files) {
        assertThatThrownBy(() -> apply("'files':[" + files + "]")).isInstanceOf(InvalidArguments.class);
    }

    @Test
    void takesNoMoreThanAStepCanRead() {
        assertThatThrownBy(() -> file(PATH, "\u20ac".repeat(20_001), "")).isInstanceOf(InvalidArguments.class);
        assertThat(file(PATH, "\u20ac".repeat(20_000), "").plan(file, content)).hasSize(3);
    }

    @Test
    void readsWhatIsOddOrRefusesIt() {
        OddOutput.of(file, absent, Captured.output("stat-link")).isReadOrRefused(FileStatus::parse);
        OddOutput.of(file).isReadOrRefused(odd -> planned(odd, content));
        OddOutput.of(content, Captured.output("sha256sum")).isReadOrRefused(odd -> planned(file, odd));
        assertThatThrownBy(() -> planned(file, new Output(0, content.text(), "", true)))
                .isInstanceOf(UnexpectedOutput.class);
    }

    /** As the runner does: what is asked for is answered, once it is asked for. */
    private static void planned(Output status, Output content) {
        FileSection section = FileSection.of(
                new FileConfig(
                        new AbsolutePath(PATH),
                        new FileText("x\n"),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty()),
                CatalogueTest.usual(ProvisionSettings.class).allowedRoots());
        Sections all = new Sections(List.of(section));
        Probed seen = Probed.of(status);
        for (Output answer : List.of(content, content)) {
            if (!all.further(seen).steps().isEmpty()) {
                seen = seen.and(List.of(answer));
            }
        }
        all.plan(seen);
        all.changes(seen);
    }

    private static Rehearsal<?, ?> file(String path, String content, String more) {
        return apply("'files':[{'path':'" + path + "','content':'" + content + "'" + more + "}]");
    }

    private static Rehearsal<?, ?> apply(String config) {
        return new Rehearsal<>(
                new ApplyProvision(CatalogueTest.usual(ProvisionSettings.class)),
                "{'operation':'provision','action':'apply','config':{" + config + "}}");
    }
}
