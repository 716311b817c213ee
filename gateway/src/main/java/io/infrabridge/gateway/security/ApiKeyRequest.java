package io.infrabridge.gateway.security;

import io.quarkus.security.identity.request.BaseAuthenticationRequest;

/** Asks for the identity behind one API key. */
final class ApiKeyRequest extends BaseAuthenticationRequest {
    private final String key;

    ApiKeyRequest(String key) {
        this.key = key;
    }

    String key() {
        return key;
    }
}
