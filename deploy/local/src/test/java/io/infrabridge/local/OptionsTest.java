package io.infrabridge.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class OptionsTest {
    private static final Path ROOT = Path.of("/opt/infrabridge");

    @Test
    void takesTheKnownPortsAndTheFoldersOfTheProject() {
        Options options = parse();
        assertThat(options.ports().of(Part.GATEWAY)).isEqualTo(8080);
        assertThat(options.ports().of(Part.DATABASE)).isEqualTo(5433);
        assertThat(options.layout().data()).isEqualTo(ROOT.resolve("data"));
        assertThat(options.layout().policy()).isEqualTo(ROOT.resolve("config/policy.yaml"));
    }

    @Test
    void movesAllPortsByTheOffsetButKeepsThoseThatWereChosen() {
        Options options = parse("--port-offset", "100", "--kafka-port", "19092");
        assertThat(options.ports().of(Part.SERVER)).isEqualTo(8185);
        assertThat(options.ports().address(Part.KAFKA)).isEqualTo("127.0.0.1:19092");
    }

    @Test
    void startsAWorkerTwiceAndADeadPartAgainOnlyWhereAskedTo() {
        assertThat(parse().restart()).isFalse();
        assertThat(parse().twice()).isEmpty();
        Options options = parse("--restart", "--twice", "server-worker", "--twice", "nfs-worker");
        assertThat(options.restart()).isTrue();
        assertThat(options.twice()).containsExactlyInAnyOrder(Part.NFS, Part.SERVER);
        assertThatThrownBy(() -> parse("--twice", "gateway")).hasMessageContaining("needs the name of a worker");
    }

    @Test
    void refusesWhatItDoesNotUnderstand() {
        assertThatThrownBy(() -> parse("--verbose")).hasMessageContaining("unknown option: --verbose");
        assertThatThrownBy(() -> parse("--data")).hasMessageContaining("--data needs a value");
        assertThatThrownBy(() -> parse("--port-offset", "x")).hasMessageContaining("needs a number, not x");
        assertThatThrownBy(() -> parse("--port-offset", "60000")).hasMessageContaining("is not a port");
        assertThatThrownBy(() -> parse("--audit-port", "8080")).hasMessageContaining("both have port 8080");
    }

    @Test
    void namesThePartThePortAndTheOptionWhenAPortIsInUse() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName(Ports.HOST))) {
            String port = Integer.toString(taken.getLocalPort());
            Ports ports = parse("--nfs-port", port).ports();
            assertThat(ports.firstInUse(List.of(Instance.of(Part.NFS)))
                            .orElseThrow()
                            .getMessage())
                    .startsWith("nfs-worker: port " + port + " is in use")
                    .contains("--nfs-port N");
        }
    }

    private static Options parse(String... words) {
        return Options.parse(List.of(words), ROOT);
    }
}
