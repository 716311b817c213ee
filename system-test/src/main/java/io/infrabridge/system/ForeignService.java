package io.infrabridge.system;

import io.infrabridge.trust.signature.SigningKey;
import io.infrabridge.trust.signature.TrustedKey;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** A service that is not of this project and may publish commands itself, within what {@code trust.yaml} allows it. */
public record ForeignService(Path keyFile, TrustedKey trustedKey) {
    public static final String NAME = "ops-console";

    static ForeignService create(Path keyFile) throws IOException {
        SigningKey key = SigningKey.generate(NAME + "-key");
        key.write(keyFile);
        return new ForeignService(
                keyFile,
                new TrustedKey(
                        key.id(),
                        NAME,
                        TrustedKey.Kind.ISSUER,
                        key.publicKey(),
                        Optional.empty(),
                        List.of("server_manage"),
                        List.of("*"),
                        List.of("*"),
                        List.of("operator", "reader"),
                        List.of("ops:*"),
                        Optional.empty(),
                        Optional.empty()));
    }
}
