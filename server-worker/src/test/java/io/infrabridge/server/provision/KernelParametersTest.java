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
import io.infrabridge.runtime.value.SysctlKey;
import io.infrabridge.runtime.value.SysctlValue;
import io.infrabridge.server.CatalogueTest;
import io.infrabridge.server.OddOutput;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class KernelParametersTest {
    private static final String FILE = "/etc/sysctl.d/60-infrabridge.conf";
    private static final String BOTH = "{'key':'net.ipv4.tcp_keepalive_time','value':'600'},"
            + "{'key':'net.ipv4.tcp_rmem','value':'4096 131072 33554432'}";

    private final Output noFile =
            new Output(1, Captured.text("stat-sysctl-absent"), "No such file or directory", false);
    private final Output nothing = Output.failed(1, "cat: " + FILE + ": No such file or directory");
    private final Output shown = Captured.output("grep-proc-sys");

    private final Rehearsal<?, ?> apply = apply(BOTH);

    @Test
    void setsWhatDiffersAndWritesItDownForTheNextBoot() {
        assertThat(apply.probe().get(2))
                .containsExactly(
                        "grep",
                        "-H",
                        "-e",
                        "",
                        "--",
                        "/proc/sys/net/ipv4/tcp_keepalive_time",
                        "/proc/sys/net/ipv4/tcp_rmem");
        assertThat(apply.plan(noFile, nothing, shown).stream().map(argv -> String.join(" ", argv)))
                .containsExactly(
                        "sysctl -q -w -- net.ipv4.tcp_keepalive_time=600",
                        "install -m 0644 -o root -g root -T -- /dev/stdin " + FILE + ".infrabridge < sha256:"
                                + Digest.of("# Written by Infrabridge: what was provisioned on this host.\n"
                                        + "net.ipv4.tcp_keepalive_time = 600\n"
                                        + "net.ipv4.tcp_rmem = 4096 131072 33554432\n"),
                        "mv -T -- " + FILE + ".infrabridge " + FILE);
        assertThat(apply.foreseenUndo(noFile, nothing, shown).stream().map(argv -> String.join(" ", argv)))
                .containsExactly(
                        "sysctl -q -w -- net.ipv4.tcp_keepalive_time=7200",
                        "rm -f -- " + FILE + ".infrabridge",
                        "rm -f -- " + FILE);
    }

    @Test
    void putsBackOnlyWhatWasReallySet() {
        Output set = Output.of(shown.text().replace("7200", "600"));

        assertThat(apply.undo(List.of(noFile, nothing, shown), List.of(noFile, nothing, set)))
                .contains(List.of("sysctl", "-q", "-w", "--", "net.ipv4.tcp_keepalive_time=7200"));
        assertThat(apply.undo(List.of(noFile, nothing, shown), List.of(noFile, nothing, shown)))
                .noneMatch(argv -> argv.get(0).equals("sysctl"));
    }

    @Test
    void tellsWhatIsOnlySoUntilTheNextBoot() {
        JsonNode seen = apply.seen(noFile, nothing, shown);
        assertThat(seen.path("diff").asText()).isEqualTo("""
                @@ sysctl @@
                - net.ipv4.tcp_keepalive_time: 7200 until the next boot
                + net.ipv4.tcp_keepalive_time: 600
                - net.ipv4.tcp_rmem: 4096 131072 33554432 until the next boot
                + net.ipv4.tcp_rmem: 4096 131072 33554432""");
    }

    @Test
    void hasNothingToDoWhereItIsSoNowAndLater() {
        Output file = Output.of("# Written by Infrabridge: what was provisioned on this host.\n"
                + "net.ipv4.tcp_keepalive_time = 7200\n");
        Rehearsal<?, ?> one = apply("{'key':'net.ipv4.tcp_keepalive_time','value':'7200'}");
        assertThat(one.plan(noFile, file, shown)).isEmpty();
        assertThat(one.seen(noFile, file, shown).path("changes")).isEmpty();
    }

    @Test
    void keepsWhatWasProvisionedBefore() {
        Output file = Output.of(
                "# Written by Infrabridge: what was provisioned on this host.\n" + "net.core.somaxconn = 512\n");
        Output there = Output.of(
                Captured.text("stat-sysctl-absent") + "regular file\t644\t0\t0\troot\troot\t86\t" + FILE + "\n");
        assertThat(apply.plan(there, file, shown))
                .hasSize(4)
                .anySatisfy(
                        argv -> assertThat(argv)
                                .contains(
                                        "< sha256:"
                                                + Digest.of(
                                                        file.text()
                                                                + "net.ipv4.tcp_keepalive_time = 600\nnet.ipv4.tcp_rmem = 4096 131072 33554432\n")));
    }

    @Test
    void refusesWhatTheKernelDoesNotHave() {
        Output unknown = new Output(
                2, Captured.text("grep-proc-sys-unknown"), Captured.text("grep-proc-sys-unknown.err"), false);
        var refusal = apply("{'key':'net.ipv4.nosuch','value':'1'}").refusal(noFile, nothing, unknown);
        assertThat(refusal.category()).isEqualTo(Category.NOT_FOUND);
        assertThat(refusal.message()).contains("net.ipv4.nosuch");
    }

    @Test
    void refusesWhatCouldNotBePutBack() {
        Output denied = Output.failed(2, Captured.text("grep-proc-sys-denied.err"));
        assertThat(apply("{'key':'net.ipv4.tcp_fastopen_key','value':'1'}")
                        .refusal(noFile, nothing, denied)
                        .message())
                .contains("only be read by root");
        Output odd = Output.of("/proc/sys/net/ipv4/tcp_keepalive_time:|/bin/x\n");
        assertThat(apply("{'key':'net.ipv4.tcp_keepalive_time','value':'1'}")
                        .refusal(noFile, nothing, odd)
                        .category())
                .isEqualTo(Category.PRECONDITION_FAILED);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'key':'kernel.core_pattern','value':'x'}",
                "{'key':'net.ipv4.ip_forward','value':'1=1'}",
                "{'key':'net.ipv4.ip_forward','value':'-w'}",
                "{'key':'net.ipv4.ip_forward'}",
                "{'value':'1'}",
                "{'key':'net.ipv4.ip_forward','value':'1'},{'key':'net.ipv4.ip_forward','value':'0'}"
            })
    void isGivenWholeAndOnce(String entries) {
        assertThatThrownBy(() -> apply(entries)).isInstanceOf(InvalidArguments.class);
    }

    @Test
    void readsWhatIsOddOrRefusesIt() {
        OddOutput.of(shown).isReadOrRefused(KernelParameters::shown);
        OddOutput.of(shown).isReadOrRefused(odd -> planned(nothing, odd));
        OddOutput.of(Output.of("net.core.somaxconn = 512\n")).isReadOrRefused(odd -> planned(odd, shown));
    }

    private void planned(Output file, Output parameters) {
        SysctlSection section = new SysctlSection(
                List.of(new SysctlEntry(new SysctlKey("net.ipv4.tcp_keepalive_time"), new SysctlValue("600"))));
        section.plan(Probed.of(noFile, file, parameters), false);
        section.changes(Probed.of(noFile, file, parameters));
    }

    private static Rehearsal<?, ?> apply(String entries) {
        return new Rehearsal<>(
                new ApplyProvision(CatalogueTest.usual(ProvisionSettings.class)),
                "{'operation':'provision','action':'apply','config':{'sysctl':[" + entries + "]}}");
    }
}
