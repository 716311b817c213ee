package io.infrabridge.gateway.security;

import static org.assertj.core.api.Assertions.assertThat;

import io.infrabridge.gateway.problem.Refusal;
import io.vertx.core.net.HostAndPort;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RequestNamesTest {
    private final RequestNames onLoopback = new RequestNames(
            "127.0.0.1", List.of("Gateway.Example"), List.of("https://Console.example", "http://localhost:6274"));
    private final RequestNames open = new RequestNames("0.0.0.0", List.of(), List.of());
    private final RequestNames named = new RequestNames("0.0.0.0", List.of("gateway.example"), List.of());

    @ParameterizedTest
    @ValueSource(
            strings = {
                "localhost",
                "LOCALHOST:8080",
                "127.0.0.1",
                "127.0.0.1:8080",
                "[::1]",
                "[::1]:8080",
                "gateway.example:443",
                "GATEWAY.EXAMPLE"
            })
    void isCalledByItsOwnNamesWithAnyPortAndInAnyCase(String host) {
        assertThat(onLoopback.objection(called(host))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "evil.example",
                "evil.example:8080",
                "localhost.",
                "localhost.evil.example",
                "gateway.example.",
                "127.0.0.2",
                "127.1",
                "2130706433",
                "0.0.0.0",
                "[::ffff:127.0.0.1]",
                "[::]"
            })
    void isNotCalledByAnyOtherName(String host) {
        assertThat(onLoopback.objection(called(host)))
                .map(Refusal::hint)
                .hasValueSatisfying(hint -> assertThat(hint).contains("allowed-hosts"));
    }

    @Test
    void isNotCalledWithoutANameOrByTwo() {
        assertThat(onLoopback.objection(new RequestNames.Named(null, 0, List.of(), "/api")))
                .isPresent();
        assertThat(onLoopback.objection(
                        new RequestNames.Named(HostAndPort.parseAuthority("localhost", -1), 2, List.of(), "/api")))
                .isPresent();
    }

    @Test
    void isCalledByAnyNameWhereItIsOpenToTheNetworkAndNoneIsListed() {
        assertThat(open.objection(called("evil.example"))).isEmpty();
        assertThat(open.objection(new RequestNames.Named(null, 0, List.of(), "/api")))
                .isEmpty();
    }

    @Test
    void isCalledByTheListedNamesAloneOnTheNetworkToo() {
        assertThat(named.objection(called("gateway.example"))).isEmpty();
        assertThat(named.objection(called("evil.example"))).isPresent();
    }

    @Test
    void isProbedByWhateverAddressOnTheNetwork() {
        HostAndPort pod = HostAndPort.parseAuthority("10.1.2.3:8080", -1);

        assertThat(named.objection(new RequestNames.Named(pod, 1, List.of(), "/q/health/live")))
                .isEmpty();
        assertThat(named.objection(new RequestNames.Named(pod, 1, List.of(), "/qq")))
                .isPresent();
        assertThat(onLoopback.objection(new RequestNames.Named(pod, 1, List.of(), "/q/health/live")))
                .isPresent();
    }

    @ParameterizedTest
    @CsvSource({
        "localhost:8080, http://localhost:8080",
        "localhost:8080, https://LOCALHOST:8080",
        "[::1]:8080,     http://[::1]:8080",
        "localhost:8080, https://console.example",
        "localhost:8080, http://localhost:6274"
    })
    void isCalledByItsOwnPagesAndThoseThatAreListed(String host, String origin) {
        assertThat(onLoopback.objection(called(host, origin))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "localhost:8080, http://evil.example",
        "localhost:8080, null",
        "localhost:8080, ''",
        "localhost:8080, http://localhost",
        "localhost:8080, http://localhost:8081",
        "localhost:8080, http://localhost:80800",
        "localhost:8080, ftp://localhost:8080",
        "localhost:8080, https://console.example.evil.example",
        "localhost:8080, https://console.example:8443",
        "localhost:8080, http://console.example"
    })
    void isNotCalledByForeignPages(String host, String origin) {
        Optional<Refusal> objection = onLoopback.objection(called(host, origin));

        assertThat(objection)
                .map(Refusal::hint)
                .hasValueSatisfying(hint -> assertThat(hint).contains("allowed-origins"));
    }

    @Test
    void isNotCalledByAForeignPageBesideItsOwn() {
        assertThat(onLoopback.objection(called("localhost", "http://localhost", "http://evil.example")))
                .isPresent();
        assertThat(open.objection(called("gateway.example", "http://evil.example")))
                .isPresent();
        assertThat(open.objection(called("gateway.example", "http://gateway.example")))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "127.0.0.1, true",
        "localhost, true",
        "LocalHost, true",
        "::1, true",
        "0.0.0.0, false",
        "::, false",
        "10.0.0.1, false"
    })
    void tellsLoopbackFromTheNetwork(String host, boolean loopback) {
        assertThat(RequestNames.isLoopback(host)).isEqualTo(loopback);
    }

    private static RequestNames.Named called(String host, String... origins) {
        return new RequestNames.Named(HostAndPort.parseAuthority(host, -1), 1, List.of(origins), "/api/v1/tools");
    }
}
