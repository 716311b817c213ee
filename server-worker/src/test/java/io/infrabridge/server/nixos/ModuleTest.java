package io.infrabridge.server.nixos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.infrabridge.contract.Json;
import io.infrabridge.runtime.value.AttributePath;
import io.infrabridge.runtime.value.FileMode;
import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The module as nix itself evaluates it, with a handful of packages and options around it. */
final class ModuleTest {
    @TempDir
    Path directory;

    @BeforeEach
    void nixIsThere() throws Exception {
        assumeTrue(
                Stream.of(System.getenv("PATH").split(":"))
                        .anyMatch(each -> new File(each, "nix-instantiate").canExecute()),
                "nix-instantiate is not installed (Debian: apt-get install nix-bin)");
        Files.writeString(directory.resolve("infrabridge.nix"), NixosFiles.MODULE_TEXT);
    }

    @Test
    void declaresNothingWhereThereIsNoFile() throws Exception {
        JsonNode system = evaluated(Optional.empty());
        assertThat(system.at("/environment/systemPackages")).isEmpty();
        assertThat(system.at("/services")).isEmpty();
        assertThat(system.at("/networking/hostName/_type").asText()).isEqualTo("absent");
    }

    @Test
    void installsPackagesByTheirAttributePaths() throws Exception {
        JsonNode system = evaluated(packages("nginx", "python311Packages.requests"));
        assertThat(system.at("/environment/systemPackages").toString())
                .isEqualTo("[\"nginx-1.24.0\",\"python3.11-requests-2.31.0\"]");
    }

    @Test
    void saysWhichPackageThereIsNot() throws Exception {
        assertThat(failure(packages("nginx", "nosuch.package"))).contains("nixpkgs has no package nosuch.package");
    }

    @Test
    void switchesModulesOfNixosAndUnitsThatExistAnyway() throws Exception {
        JsonNode system = evaluated(Optional.of(Declared.nothing()
                .withService("nginx", true)
                .withUnit("cups", false)
                .withUnit("smbd", true)));
        assertThat(system.at("/services/nginx/enable/content").asBoolean()).isTrue();
        assertThat(system.at("/systemd/services/cups/wantedBy/content")).isEmpty();
        assertThat(system.at("/systemd/services/smbd/wantedBy/content/0").asText())
                .isEqualTo("multi-user.target");
        for (String other : List.of("nosuch", "fstrim", "evil${x}")) {
            assertThat(failure(Optional.of(Declared.nothing().withService(other, true))))
                    .contains("NixOS has no option services." + other + ".enable");
        }
    }

    @Test
    void letsNothingStartWhatIsMasked() throws Exception {
        JsonNode system = evaluated(Optional.of(
                Declared.nothing().withUnit("cups", true).withMask("cups").withMask("smbd")));
        assertThat(system.at("/systemd/services/smbd").toString()).contains("\"content\":false");
        assertThat(system.at("/systemd/services/cups/enable/content").asBoolean(true))
                .isFalse();
        assertThat(system.at("/systemd/services/cups/wantedBy/content")).hasSize(1);
    }

    @Test
    void opensPortsByTheOptionThatNixosHasForThem() throws Exception {
        JsonNode system = evaluated(rules(rule("allow", "in", "any", 8000, 8100, null, null)));
        assertThat(system.at("/networking/firewall/allowedTCPPortRanges").toString())
                .isEqualTo("[{\"from\":8000,\"to\":8100}]");
        assertThat(system.at("/networking/firewall/allowedUDPPortRanges")).hasSize(1);
        assertThat(system.at("/networking/firewall/extraCommands").asText()).doesNotContain("8000");
    }

    /** The comment is what a person wrote; the firewall's script is a shell's. */
    @Test
    void makesOneCommandOfEveryOtherRule() throws Exception {
        JsonNode system = evaluated(rules(
                rule("deny", "in", "tcp", 22, 22, "10.0.0.0/8", "it's $(reboot) `x`"),
                rule("reject", "out", "any", null, null, "2001:db8::/32", null),
                rule("allow", "in", "any", 53, 53, "192.0.2.1", null)));
        assertThat(system.at("/networking/firewall/extraCommands").asText().lines())
                .contains(
                        "iptables -I nixos-fw ! -i lo -m conntrack --ctstate NEW -p tcp --dport 22:22 -s 10.0.0.0/8"
                                + " -m comment --comment 'it'\\''s $(reboot) `x`' -j DROP",
                        "ip6tables -A infrabridge-out ! -o lo -m conntrack --ctstate NEW -s 2001:db8::/32 -j REJECT",
                        "iptables -A nixos-fw ! -i lo -m conntrack --ctstate NEW -p tcp --dport 53:53 -s 192.0.2.1"
                                + " -j nixos-fw-accept",
                        "iptables -A nixos-fw ! -i lo -m conntrack --ctstate NEW -p udp --dport 53:53 -s 192.0.2.1"
                                + " -j nixos-fw-accept");
    }

    @Test
    void letsNothingIntoTheFirewallThatIsNoRule() throws Exception {
        assertThat(failure(text("{\"firewall\":[{\"action\":\"allow\",\"direction\":\"in\",\"protocol\":\"any\","
                        + "\"source\":\"10.0.0.0/8; reboot\"}]}")))
                .contains("infrabridge: not understood: ");
        assertThat(failure(text("{\"firewall\":[{\"action\":\"allow\",\"direction\":\"in\",\"protocol\":\"tcp;x\","
                        + "\"first_port\":1}]}")))
                .contains("infrabridge: not understood: ");
        assertThat(failure(text("{\"firewall\":[{\"action\":\"allow\",\"direction\":\"in\",\"protocol\":\"tcp\","
                        + "\"first_port\":\"1; reboot\"}]}")))
                .contains("not a port");
    }

    @Test
    void saysWhichRulesNftablesCannotHave() throws Exception {
        write(rules(rule("deny", "in", "tcp", 22, 22, null, null)));
        JsonNode system = succeeded(nix("--arg", "nftables", "true"));
        assertThat(system.at("/assertions/0/assertion").asBoolean()).isFalse();
        write(rules(rule("allow", "in", "tcp", 22, 22, null, null)));
        assertThat(succeeded(nix("--arg", "nftables", "true"))
                        .at("/assertions/0/assertion")
                        .asBoolean())
                .isTrue();
    }

    @Test
    void makesFilesAndParametersOfTheKernel() throws Exception {
        JsonNode system = evaluated(Optional.of(Declared.nothing()
                .withSysctl("net.ipv4.tcp_rmem", "4096 131072 6291456")
                .withFile("app/app.conf", new DeclaredFile("it's ${x} \"\\u00e4\"\n", new FileMode("0644")))));
        assertThat(system.at("/boot/kernel/sysctl/net.ipv4.tcp_rmem/content").asText())
                .isEqualTo("4096 131072 6291456");
        assertThat(system.at("/environment/etc")
                        .path("app/app.conf")
                        .at("/text/content")
                        .asText())
                .isEqualTo("it's ${x} \"\\u00e4\"\n");
        assertThat(system.at("/environment/etc")
                        .path("app/app.conf")
                        .at("/mode/content")
                        .asText())
                .isEqualTo("0644");
        assertThat(failure(text("{\"files\":{\"x\":{\"text\":\"x\",\"mode\":\"+x\"}}}")))
                .contains("not understood");
    }

    @Test
    void namesHostAndTimeZoneAndLeavesWhatItWasBuiltFrom() throws Exception {
        Declared declared = Declared.nothing().withHostName("web1").withTimeZone("Europe/Berlin");
        JsonNode system = evaluated(Optional.of(declared));
        assertThat(system.at("/networking/hostName/content").asText()).isEqualTo("web1");
        assertThat(system.at("/time/timeZone/content").asText()).isEqualTo("Europe/Berlin");
        assertThat(system.at("/environment/etc")
                        .path("infrabridge/active.json")
                        .path("text")
                        .asText())
                .isEqualTo(declared.text());
    }

    private static Optional<Declared> packages(String... names) {
        return Optional.of(Declared.nothing()
                .withPackages(Stream.of(names).map(AttributePath::new).toList()));
    }

    private static Optional<Declared> rules(DeclaredRule... rules) {
        return Optional.of(Declared.nothing().withFirewall(none -> List.of(rules)));
    }

    private static DeclaredRule rule(
            String action,
            String direction,
            String protocol,
            Integer first,
            Integer last,
            String source,
            String comment) {
        return new DeclaredRule(
                action,
                direction,
                protocol,
                Optional.ofNullable(first),
                Optional.ofNullable(last),
                Optional.ofNullable(source),
                Optional.ofNullable(comment));
    }

    private Path text(String json) throws IOException {
        return Files.writeString(directory.resolve("infrabridge.json"), json);
    }

    private void write(Optional<Declared> declared) throws IOException {
        if (declared.isPresent()) {
            text(declared.get().text());
        }
    }

    private JsonNode evaluated(Optional<Declared> declared) throws Exception {
        write(declared);
        return succeeded(nix());
    }

    private String failure(Optional<Declared> declared) throws Exception {
        write(declared);
        return failed(nix());
    }

    private String failure(Path written) throws Exception {
        assertThat(written).exists();
        return failed(nix());
    }

    private static JsonNode succeeded(Answer answer) {
        assertThat(answer.status()).as(answer.error()).isZero();
        return Json.parse(answer.text());
    }

    private static String failed(Answer answer) {
        assertThat(answer.status()).as(answer.text()).isNotZero();
        return answer.error();
    }

    private Answer nix(String... more) throws IOException, InterruptedException, URISyntaxException {
        Path around =
                Path.of(ModuleTest.class.getResource("/nixos/evaluate.nix").toURI());
        Path error = directory.resolve("error");
        List<String> argv = Stream.concat(
                        Stream.of(
                                "nix-instantiate",
                                "--eval",
                                "--strict",
                                "--json",
                                around.toString(),
                                "--argstr",
                                "directory",
                                directory.toString()),
                        Stream.of(more))
                .toList();
        // an ordinary user's store, so that the test needs no daemon and leaves nothing behind
        ProcessBuilder builder = new ProcessBuilder(argv).redirectError(error.toFile());
        builder.environment().put("NIX_REMOTE", "dummy://");
        Process process = builder.start();
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Answer(process.waitFor(), text, Files.readString(error));
    }

    private record Answer(int status, String text, String error) {}
}
