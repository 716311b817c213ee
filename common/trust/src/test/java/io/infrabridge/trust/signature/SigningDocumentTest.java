package io.infrabridge.trust.signature;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.infrabridge.contract.Command;
import io.infrabridge.contract.Json;
import io.infrabridge.trust.PrivateFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The example of {@code docs/signing.md}, which other services compare their signatures with. */
class SigningDocumentTest {
    private final String document = read();

    @TempDir
    Path folder;

    @Test
    void givesTheSignatureThatIsMadeHereToo() throws IOException {
        Path file = folder.resolve("key.pem");
        PrivateFile.write(
                file, "-----BEGIN PRIVATE KEY-----\n" + cell("private key, PKCS#8") + "\n-----END PRIVATE KEY-----\n");
        SigningKey key = SigningKey.read("ops-console-2026", file);
        byte[] value = cell("value").getBytes(UTF_8);

        assertThat(key.publicKey()).isEqualTo(cell("public key, for `trust.yaml`"));
        assertThat(key.sign(cell("topic"), value)).isEqualTo(cell("signature"));
        assertThat(new TrustStore(List.of(TrustedKey.issuer(key, "ops-console", List.of())), Clock.systemUTC())
                        .verify(cell("topic"), value, key.id(), cell("signature")))
                .isInstanceOf(Verification.Signed.class);
    }

    @Test
    void showsACommandOfTheContract() {
        Command command = Json.read(cell("value").getBytes(UTF_8), Command.class);

        assertThat(command.issuer()).isEqualTo("ops-console");
        assertThat(cell("topic")).isEqualTo("infra.commands.server");
    }

    private String cell(String name) {
        Matcher row = Pattern.compile("(?m)^\\| " + Pattern.quote(name) + " \\| `(.*)` \\|$")
                .matcher(document);
        assertThat(row.find()).as(name).isTrue();
        return row.group(1);
    }

    private static String read() {
        try {
            return Files.readString(Path.of("../../docs/signing.md"));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
