package io.infrabridge.gateway.security;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

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

    Security security();

    Oidc oidc();

    Http http();

    /** What this service signs with. */
    interface Signing {
        /** Ed25519 private key, PEM, readable by its owner alone. */
        Path keyFile();

        /** The id under which trust.yaml lists the key. */
        @WithDefault(ServiceName.GATEWAY)
        String keyId();
    }

    /** How callers that bring no credentials are treated. */
    interface Security {
        Anonymous anonymous();
    }

    /** Callers without credentials; for a gateway that is bound to loopback alone. */
    interface Anonymous {
        @WithDefault("false")
        boolean enabled();

        @WithDefault("reader")
        Set<String> roles();
    }

    /** What becomes of a token's roles; where tokens come from is said under {@code quarkus.oidc}. */
    interface Oidc {
        /** From what the token says to roles of the policy; where nothing is said, tokens carry roles of the policy themselves. */
        Map<String, Set<String>> roles();
    }

    /** What is accepted before anybody looks at the content. */
    interface Http {
        /**
         * Host names besides this machine's own by which the gateway may be called; a gateway that is not bound to loopback may
         * be called by any name where none is listed.
         */
        Optional<List<String>> allowedHosts();

        /** Origins of web pages besides the gateway's own that may call it, such as {@code https://console.example.com}. */
        Optional<List<String>> allowedOrigins();

        /** Where callers reach the gateway; by default what each one's request says. */
        Optional<URI> publicUrl();

        /** Longest request body in bytes. */
        @WithDefault("1048576")
        long longestBody();
    }
}
