package io.infrabridge.trust.signature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.infrabridge.trust.InvalidConfiguration;
import io.infrabridge.trust.PrivateFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SigningKeyTest {
    @TempDir
    Path folder;

    private final SigningKey key = SigningKey.generate("gateway");

    @Test
    void keepsAKeyInAFileThatOnlyItsOwnerCanRead() throws IOException {
        Path file = folder.resolve("gateway.key");
        key.write(file);

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(SigningKey.read("next", file).publicKey()).isEqualTo(key.publicKey());
        assertThat(SigningKey.read("next", file).id()).isEqualTo("next");
    }

    @ParameterizedTest
    @ValueSource(strings = {"rw-r-----", "rw----r--", "rw--w----", "rw-----w-", "rw---x---", "rw------x"})
    void refusesAKeyFileThatAnybodyElseMayTouch(String permissions) throws IOException {
        Path file = folder.resolve("gateway.key");
        key.write(file);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));

        assertThatThrownBy(() -> SigningKey.read("gateway", file))
                .isInstanceOf(InvalidConfiguration.class)
                .hasMessageContaining("chmod 600");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "MC4=                                                                 | is not a PEM private key",
                "-----BEGIN PRIVATE KEY-----MC4=                                      | is not a PEM private key",
                "-----BEGIN RSA PRIVATE KEY-----MC4=-----END RSA PRIVATE KEY-----     | is not a PEM private key",
                "-----BEGIN PRIVATE KEY-----A-----END PRIVATE KEY-----                | is not base64",
                "-----BEGIN PRIVATE KEY-----MC4=-----END PRIVATE KEY-----             | is not an Ed25519 key"
            })
    void refusesAFileThatHoldsNoEd25519Key(String content, String why) throws IOException {
        Path file = folder.resolve("gateway.key");
        PrivateFile.write(file, content);

        assertThatThrownBy(() -> SigningKey.read("gateway", file))
                .isInstanceOf(InvalidConfiguration.class)
                .hasMessage(file + " " + why);
    }

    @Test
    void makesAnotherKeyEachTime() {
        assertThat(SigningKey.generate("gateway").publicKey()).isNotEqualTo(key.publicKey());
    }
}
