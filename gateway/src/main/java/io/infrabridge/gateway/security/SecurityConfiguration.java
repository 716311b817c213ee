package io.infrabridge.gateway.security;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Where the files are that say who may call and who is believed. */
@ConfigMapping(prefix = "infrabridge")
public interface SecurityConfiguration {
    /** YAML with the hashes of the keys that callers present. */
    Path apiKeys();

    /** YAML with the public keys of the services that are believed. */
    Path trust();

    Path inventory();

    Path policy();

    Signing signing();

    Http http();

    /** What this service signs with. */
    interface Signing {
        /** Ed25519 private key, PEM, readable by its owner alone. */
        Path keyFile();

        /** The id under which trust.yaml lists the key. */
        @WithDefault(ServiceName.GATEWAY)
        String keyId();
    }

    /** What is accepted before anybody looks at the content. */
    interface Http {
        /** Names besides this machine's own by which a gateway that is bound to loopback may be called. */
        Optional<List<String>> allowedHosts();

        /** Longest request body in bytes. */
        @WithDefault("1048576")
        long longestBody();
    }
}
