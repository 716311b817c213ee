package io.infrabridge.trust.signature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.infrabridge.contract.Command;
import io.infrabridge.contract.Json;
import io.infrabridge.trust.ConfigurationFile;
import io.infrabridge.trust.InvalidConfiguration;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TrustedKeyTest {
    private static final String CONSOLE = """
            keys:
              - id: console
                service: ops-console
                kind: issuer
                public_key: KEY
                tools: [server_manage, nfs_*]
                actions: [package.*, list]
                targets: [web-*, db1]
                roles: [reader, operator]
                callers: ['ops:*']
            """;

    @TempDir
    Path folder;

    private final SigningKey key = SigningKey.generate("console");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "server_manage | package.install | web-1 | ops:anna  | operator |",
                "nfs_mount     | list            | db1   | ops:      | reader   |",
                "nas_volume    | list            | db1   | ops:anna  | reader   | ask for the tool nas_volume",
                "server_manage2| list            | db1   | ops:anna  | reader   | ask for the tool server_manage2",
                "server_manage | reboot          | db1   | ops:anna  | reader   | ask for the action reboot",
                "server_manage | package         | db1   | ops:anna  | reader   | ask for the action package",
                "server_manage | list            | db2   | ops:anna  | reader   | operate the target db2",
                "server_manage | list            | webs  | ops:anna  | reader   | operate the target webs",
                "server_manage | list            | db1   | key:admin | reader   | speak for the caller key:admin",
                "server_manage | list            | db1   | ops:anna  | admin    | assert the roles [admin]"
            })
    void limitsAnIssuer(String tool, String action, String target, String caller, String role, String refusal)
            throws IOException {
        Optional<String> objection = console(CONSOLE).objection(command(tool, action, target, caller, role));

        assertThat(objection)
                .isEqualTo(Optional.ofNullable(refusal)
                        .map(what -> "The issuer ops-console may not " + what + " with its key console."));
    }

    @Test
    void limitsWhatIsSaidOfAnOperationUnderWay() throws IOException {
        TrustedKey console = console(CONSOLE);

        assertThat(console.objection("web-1", "ops:anna", Set.of("operator"))).isEmpty();
        assertThat(console.objection("mail", "ops:anna", Set.of()))
                .get()
                .asString()
                .contains("target mail");
        assertThat(console.objection("web-1", "anna", Set.of()))
                .get()
                .asString()
                .contains("caller anna");
        assertThat(console.objection("web-1", "ops:anna", Set.of("admin", "root", "reader")))
                .get()
                .asString()
                .contains("roles [admin, root]");
    }

    @Test
    void allowsEveryActionAndTargetButNoToolCallerOrRoleWhereTheFileSaysNothing() throws IOException {
        TrustedKey console = console("keys: [{id: console, service: ops-console, kind: issuer, public_key: KEY}]");

        assertThat(console.actions()).containsExactly("*");
        assertThat(console.targets()).containsExactly("*");
        assertThat(console.objection(command("server_manage", "list", "db1", "a", "reader")))
                .get()
                .asString()
                .contains("tool");
        assertThat(console.objection("db1", "a", Set.of())).get().asString().contains("caller");
    }

    @Test
    void allowsAWorkerToAskForNothing() {
        TrustedKey worker = TrustedKey.worker(key, "nfs-worker", "nfs");

        assertThat(worker.objection(command("nfs_mount", "list", "db1", "a", "reader")))
                .isPresent();
        assertThat(worker.objection("db1", "a", Set.of())).isPresent();
    }

    @Test
    void allowsAWitnessToAskForNothing() {
        TrustedKey witness = TrustedKey.witness(key, "audit-service");

        assertThat(witness.service()).isEqualTo("audit-service");
        assertThat(witness.objection(command("nfs_mount", "list", "db1", "a", "reader")))
                .isPresent();
        assertThat(witness.objection("db1", "a", Set.of())).isPresent();
    }

    @Test
    void allowsAnIssuerWithoutLimitsEverythingButForeignRoles() {
        TrustedKey gateway = TrustedKey.issuer(key, "gateway", List.of("reader"));

        assertThat(gateway.objection(command("nfs_mount", "list", "db1", "a", "reader")))
                .isEmpty();
        assertThat(gateway.objection(command("nfs_mount", "list", "db1", "a", "admin")))
                .isPresent();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{service: s, kind: issuer, public_key: KEY}                             | a key without id",
                "{id: '  ', service: s, kind: issuer, public_key: KEY}                   | a key without id",
                "{id: k, kind: issuer, public_key: KEY}                                  | a key without service",
                "{id: k, service: s, public_key: KEY}                                    | kind is missing",
                "{id: k, service: s, kind: issuer}                                       | a key without public_key",
                "{id: k, service: s, kind: worker, public_key: KEY}                      | needs its domain",
                "{id: k, service: s, kind: issuer, public_key: A}                        | public_key of k is not base64",
                "{id: k, service: s, kind: issuer, public_key: QUJD}                     | public_key of k is not an Ed25519 key",
                "{id: k, service: s, kind: issuer, public_key: FOREIGN}                  | public_key of k is not an Ed25519 key",
                "{id: k, service: s, kind: issuer, public_key: OFF}                      | not a point on the curve",
                "{id: k, service: s, kind: issuer, public_key: KEY, nbf: 1}              | nbf",
                "{id: k, service: s, kind: issuer, public_key: KEY, not_before: 2026-01-02T00:00:00Z, not_after: 2026-01-01T00:00:00Z} | earlier",
                "{id: k, service: s, kind: issuer, public_key: KEY, not_before: 2026-01-01T00:00:00Z, not_after: 2026-01-01T00:00:00Z} | earlier",
                "{id: k, service: s, kind: issuer, public_key: KEY, not_after: tomorrow} | tomorrow"
            })
    void refusesAKeyThatIsNotDescribedRightly(String entry, String why) {
        String good = key.publicKey();
        byte[] der = Base64.getDecoder().decode(good);
        byte[] foreign = der.clone();
        foreign[8]++;
        byte[] off = der.clone();
        Arrays.fill(off, der.length - 32, der.length, (byte) 0xff);

        String yaml = "keys: ["
                + entry.replace("KEY", good)
                        .replace("FOREIGN", Base64.getEncoder().encodeToString(foreign))
                        .replace("OFF", Base64.getEncoder().encodeToString(off))
                + "]";

        assertThatThrownBy(() -> console(yaml))
                .isInstanceOf(InvalidConfiguration.class)
                .hasMessageContaining(why);
    }

    @Test
    void takesAKeyWithOneBoundOfItsTimeAlone() throws IOException {
        String entry = "keys: [{id: console, service: s, kind: issuer, public_key: KEY, %s: 2026-01-01T00:00:00Z}]";

        assertThat(console(entry.formatted("not_before")).notBefore()).isPresent();
        assertThat(console(entry.formatted("not_after")).notAfter()).isPresent();
    }

    private TrustedKey console(String yaml) throws IOException {
        Path file = folder.resolve("trust.yaml");
        Files.writeString(file, yaml.replace("KEY", key.publicKey()));
        return ConfigurationFile.read(file, TrustFile.class).keys().get(0);
    }

    private static Command command(String tool, String action, String target, String caller, String role) {
        Instant now = Instant.parse("2026-03-02T08:15:30Z");
        return new Command(
                "1",
                "ops-console",
                tool,
                action,
                Json.object(),
                target,
                caller,
                Set.of(role),
                Optional.empty(),
                Optional.empty(),
                false,
                now,
                now.plusSeconds(60),
                Optional.empty());
    }
}
