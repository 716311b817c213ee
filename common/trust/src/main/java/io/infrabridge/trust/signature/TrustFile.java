package io.infrabridge.trust.signature;

import java.util.List;

/** The content of {@code trust.yaml}. */
public record TrustFile(List<TrustedKey> keys) {
    public TrustFile {
        keys = keys == null ? List.of() : List.copyOf(keys);
    }
}
