package io.infrabridge.gateway.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.infrabridge.trust.InvalidConfiguration;
import io.infrabridge.trust.PrivateFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ApiKeysTest {
    @TempDir
    Path folder;

    @Test
    void knowsTwoKeysOfOneCallerSoThatOneCanReplaceTheOther() throws Exception {
        ApiKeys keys = keys("2026-03-01T00:00:00Z", """
                keys:
                  - {name: anna-2025, caller: anna, sha256: HASH(old), roles: [operator], expires: 2026-03-01T00:00:01Z}
                  - {name: anna-2026, caller: anna, sha256: HASH(new), roles: [operator]}
                """);

        assertThat(keys.find("old")).map(ApiKey::callerName).contains("key:anna");
        assertThat(keys.find("new")).map(ApiKey::callerName).contains("key:anna");
        assertThat(keys.find("other")).isEmpty();
    }

    @Test
    void knowsAKeyUntilItExpires() throws Exception {
        String yaml = "keys: [{name: a, sha256: HASH(a), expires: 2026-03-01T00:00:00Z}]";

        assertThat(keys("2026-02-28T23:59:59.999Z", yaml).find("a")).isPresent();
        assertThat(keys("2026-03-01T00:00:00Z", yaml).find("a")).isEmpty();
    }

    @Test
    void callsACallerByItsKeysNameWhereNothingElseIsSaid() throws Exception {
        assertThat(keys("2026-03-01T00:00:00Z", "keys: [{name: a, sha256: HASH(a)}]")
                        .find("a"))
                .map(ApiKey::callerName)
                .contains("key:a");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{name: a, sha256: HASH(a)}, {name: a, sha256: HASH(b)}   | two API keys with the name a",
                "{name: a, sha256: HASH(a)}, {name: b, sha256: HASH(a)}   | API key b is the same key as another one",
                "{sha256: HASH(a)}                                        | an API key needs a name",
                "{name: 'a b', sha256: HASH(a)}                           | an API key needs a name",
                "{name: a, caller: 'key:b', sha256: HASH(a)}              | caller must be letters",
                "{name: a}                                                | sha256 must be 64",
                "{name: a, sha256: ABC}                                   | sha256 must be 64",
                "{name: a, key: secret, sha256: HASH(a)}                  | key"
            })
    void refusesAFileThatIsNotRight(String entries, String why) {
        assertThatThrownBy(() -> keys("2026-03-01T00:00:00Z", "keys: [" + entries + "]"))
                .isInstanceOf(InvalidConfiguration.class)
                .hasMessageContaining(why);
    }

    @Test
    void refusesAFileThatOthersCanRead() throws Exception {
        Path file = write("keys: []");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));

        assertThatThrownBy(() -> ApiKeys.Content.read(file)).hasMessageContaining("chmod 600");
    }

    private ApiKeys keys(String now, String yaml) throws Exception {
        ApiKeys.Content content = ApiKeys.Content.read(write(yaml));
        return new ApiKeys(() -> content, Clock.fixed(Instant.parse(now), ZoneOffset.UTC));
    }

    private Path write(String yaml) throws IOException {
        Path file = folder.resolve("api-keys.yaml");
        String text = java.util.regex.Pattern.compile("HASH\\((\\w+)\\)")
                .matcher(yaml)
                .replaceAll(match -> hash(match.group(1)));
        PrivateFile.write(file, text);
        return file;
    }

    private static String hash(String key) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash);
        } catch (java.security.NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
