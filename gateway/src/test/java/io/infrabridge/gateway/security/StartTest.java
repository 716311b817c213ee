package io.infrabridge.gateway.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.infrabridge.trust.InvalidConfiguration;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a gateway must not even start with. */
class StartTest {
    private static final Optional<String> SERVER = Optional.of("https://issuer.example");
    private static final Optional<List<String>> AUDIENCE = Optional.of(List.of("gateway"));

    @Test
    void letsNobodyInWithoutCredentialsByDefault() {
        assertThat(new AnonymousCaller(configuration(Map.of()), "127.0.0.1").identity())
                .isEmpty();
        assertThat(new AnonymousCaller(configuration(Map.of()), "0.0.0.0").identity())
                .isEmpty();
    }

    @Test
    void letsCallersOfThisMachineInWhereThatIsAskedFor() {
        var identity = new AnonymousCaller(
                        configuration(Map.of("infrabridge.security.anonymous.enabled", "true")), "localhost")
                .identity()
                .orElseThrow();

        assertThat(identity.getPrincipal().getName()).isEqualTo("anonymous");
        assertThat(identity.getRoles()).containsExactly("reader");
        assertThat(identity.isAnonymous()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0", "::", "10.0.0.1", "gateway.example", ""})
    void doesNotStartWhereOthersCouldCallWithoutCredentials(String host) {
        SecurityConfiguration anonymous = configuration(Map.of("infrabridge.security.anonymous.enabled", "true"));

        assertThatThrownBy(() -> new AnonymousCaller(anonymous, host))
                .isInstanceOf(InvalidConfiguration.class)
                .hasMessageContaining("infrabridge.security.anonymous.enabled needs quarkus.http.host=127.0.0.1")
                .hasMessageNotContaining("\n");
    }

    @Test
    void believesNoTokensByDefault() {
        assertThat(new TokenIssuer(false, SERVER, SERVER, AUDIENCE).isTrusted()).isFalse();
        assertThat(new TokenIssuer(true, SERVER, SERVER, AUDIENCE).name()).contains("https://issuer.example");
    }

    @Test
    void doesNotStartWhereTokensForOthersWouldBeAccepted() {
        assertThatThrownBy(() -> new TokenIssuer(true, Optional.empty(), SERVER, AUDIENCE))
                .hasMessageContaining("auth-server-url");
        assertThatThrownBy(() -> new TokenIssuer(true, SERVER, Optional.empty(), AUDIENCE))
                .hasMessageContaining("token.issuer");
        assertThatThrownBy(() -> new TokenIssuer(true, SERVER, Optional.of("any"), AUDIENCE))
                .hasMessageContaining("token.issuer");
        assertThatThrownBy(() -> new TokenIssuer(true, SERVER, SERVER, Optional.empty()))
                .hasMessageContaining("token.audience");
        assertThatThrownBy(() -> new TokenIssuer(true, SERVER, SERVER, Optional.of(List.of("any"))))
                .hasMessageContaining("token.audience");
        assertThatThrownBy(() -> new TokenIssuer(true, SERVER, SERVER, Optional.of(List.of())))
                .isInstanceOf(InvalidConfiguration.class);
    }

    private static SecurityConfiguration configuration(Map<String, String> values) {
        return new SmallRyeConfigBuilder()
                .withMapping(SecurityConfiguration.class)
                .withMappingIgnore("infrabridge.**")
                .withDefaultValues(Map.of(
                        "infrabridge.api-keys", "a",
                        "infrabridge.trust", "t",
                        "infrabridge.inventory", "i",
                        "infrabridge.policy", "p",
                        "infrabridge.signing.key-file", "k"))
                .withDefaultValues(values)
                .build()
                .getConfigMapping(SecurityConfiguration.class);
    }
}
