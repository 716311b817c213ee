package io.infrabridge.gateway.security;

import static org.assertj.core.api.Assertions.assertThat;

import io.infrabridge.contract.Command;
import io.infrabridge.contract.Json;
import io.infrabridge.gateway.fixture.Caller;
import io.infrabridge.gateway.fixture.Caller.Answer;
import io.infrabridge.gateway.fixture.GatewayFiles;
import io.infrabridge.gateway.fixture.TokenServer;
import io.infrabridge.gateway.fixture.World;
import io.infrabridge.testkit.BrokerResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.jwt.build.Jwt;
import io.smallrye.jwt.build.JwtClaimsBuilder;
import java.net.URI;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.security.KeyFactory;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Instant;
import java.util.Base64;
import java.util.Set;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A gateway that accepts the tokens of an issuer beside its own API keys. */
@QuarkusTest
@QuarkusTestResource(BrokerResource.class)
@QuarkusTestResource(GatewayFiles.class)
@QuarkusTestResource(value = TokenServer.class, restrictToAnnotatedClass = true)
class TokensTest {
    private static final String LIST =
            "{\"tool\":\"nfs_mount\",\"arguments\":{\"action\":\"list\",\"remote_target\":\"app-server-01\"}}";
    private static final String MOUNT = """
            {"tool":"nfs_mount","arguments":{"action":"mount","source":"nas1:/export","target":"/mnt","remote_target":"app-server-01"}}
            """;

    @TestHTTPResource("/")
    URL url;

    private World world;
    private PrivateKey key;

    @BeforeEach
    void settle() throws Exception {
        world = new World(url);
        world.settle();
        key = KeyFactory.getInstance("RSA")
                .generatePrivate(
                        new PKCS8EncodedKeySpec(Base64.getDecoder().decode(World.configured("test.token.key"))));
    }

    @AfterEach
    void close() throws Exception {
        world.close();
    }

    @Test
    void acceptsATokenOfTheIssuerAsItsSubjectWithTheRolesOfThePolicy() throws Exception {
        Answer answer = bearer(signed(claims("platform"))).post("/api/v1/operations", MOUNT);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.text("/caller")).isEqualTo("jwt:anna");
        Command command = Json.read(world.nfs.nextCommand().value(), Command.class);
        assertThat(command.caller()).isEqualTo("jwt:anna");
        assertThat(command.roles()).containsExactly("operator", "reader");
    }

    @Test
    void mapsRolesAndForgetsThoseThatMeanNothingHere() throws Exception {
        Caller onlooker = bearer(signed(claims("onlookers", "admin")));

        assertThat(onlooker.post("/api/v1/operations", LIST).status()).isEqualTo(200);
        assertThat(onlooker.post("/api/v1/operations", MOUNT).status()).isEqualTo(403);
        assertThat(bearer(signed(claims("admin")))
                        .post("/api/v1/operations", LIST)
                        .status())
                .isEqualTo(403);
    }

    @Test
    void acceptsItsOwnKeysBesideTokens() throws Exception {
        assertThat(world.operator.post("/api/v1/operations", MOUNT).text("/caller"))
                .isEqualTo("key:operator");
        assertThat(new Caller(base(), "nobody").get("/api/v1/tools").status()).isEqualTo(401);
    }

    @Test
    void refusesATokenForAnotherServiceOfAnotherIssuerOrOfAnotherTime() throws Exception {
        long now = Instant.now().getEpochSecond();
        assertRefused(signed(claims("platform").audience("https://other.example")));
        assertRefused(signed(claims("platform").issuer("https://other.example")));
        assertRefused(signed(claims("platform").expiresAt(now - 60).issuedAt(now - 120)));
        assertRefused(signed(claims("platform").claim("nbf", now + 3600)));
        assertRefused(signed(Jwt.issuer(TokenServer.ISSUER).subject("anna").groups(Set.of("platform"))));
    }

    @Test
    void refusesATokenThatNamesNobody() throws Exception {
        assertRefused(signed(Jwt.issuer(TokenServer.ISSUER)
                .audience(TokenServer.AUDIENCE)
                .groups(Set.of("platform"))
                .expiresIn(60)));
        assertRefused(signed(claims("platform").subject("an na\n")));
        assertRefused(signed(claims("platform").subject("x".repeat(201))));
    }

    @Test
    void refusesATokenThatTheIssuerHasNotSigned() throws Exception {
        String good = signed(claims("platform"));
        String[] parts = good.split("\\.");
        KeyPairGenerator others = KeyPairGenerator.getInstance("RSA");
        others.initialize(2048);

        assertRefused(claims("platform")
                .jws()
                .keyId(TokenServer.KEY_ID)
                .sign(others.generateKeyPair().getPrivate()));
        assertRefused(claims("platform").jws().keyId("unknown").sign(key));
        assertRefused(parts[0] + "." + base64("{\"sub\":\"root\"}") + "." + parts[2]);
        char first = parts[2].charAt(0);
        assertRefused(parts[0] + "." + parts[1] + "." + (first == 'A' ? 'B' : 'A') + parts[2].substring(1));
        assertRefused(parts[0] + "." + parts[1] + ".");
        for (String garbage : new String[] {
            "..", "a.b.c", "eyJ.eyJ.eyJ", "a..c", "!.!.!", "a.b.c.d", "e30.e30.e30", "bnVsbA.bnVsbA.bnVsbA"
        }) {
            assertRefused(garbage);
        }
        assertThat(bearer(good).get("/api/v1/tools").status()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({"none", "None", "NONE"})
    void refusesATokenThatSaysThatItNeedsNoSignature(String algorithm) throws Exception {
        String payload = signed(claims("platform")).split("\\.")[1];

        assertRefused(
                base64("{\"alg\":\"" + algorithm + "\",\"kid\":\"" + TokenServer.KEY_ID + "\"}") + "." + payload + ".");
    }

    @Test
    void refusesATokenThatIsSignedWithThePublicKeyAsIfItWereASecret() throws Exception {
        String content = base64("{\"alg\":\"HS256\",\"kid\":\"" + TokenServer.KEY_ID + "\"}") + "."
                + signed(claims("platform")).split("\\.")[1];
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(Base64.getDecoder().decode(World.configured("test.token.public")), "HmacSHA256"));
        byte[] signature = mac.doFinal(content.getBytes(StandardCharsets.US_ASCII));

        assertRefused(content + "." + Base64.getUrlEncoder().withoutPadding().encodeToString(signature));
    }

    @Test
    void refusesATokenAnywhereButInItsHeader() throws Exception {
        String token = signed(claims("platform"));

        assertThat(world.stranger.get("/api/v1/tools?access_token=" + token).status())
                .isEqualTo(401);
        assertThat(world.stranger.post("/mcp?access_token=" + token, "{}").status())
                .isEqualTo(401);
        assertThat(world.stranger
                        .post(
                                "/api/v1/operations",
                                "access_token=" + token,
                                "Content-Type",
                                "application/x-www-form-urlencoded")
                        .status())
                .isEqualTo(401);
        assertThat(world.stranger
                        .post("/api/v1/operations", LIST, "Cookie", "q_session=" + token + "; access_token=" + token)
                        .status())
                .isEqualTo(401);
    }

    @ParameterizedTest
    @CsvSource({
        "/mcp,           /mcp",
        "/mcp/read-only, /mcp/read-only",
        "/mcp/sse,       /mcp/sse",
        "/api/v1/tools,  ''"
    })
    void tellsAClientWithoutATokenWhereToGetOne(String path, String resource) throws Exception {
        String document = "https://gateway.example/.well-known/oauth-protected-resource" + resource;

        Answer refused = world.stranger.get(path);
        Answer metadata = world.stranger.get(URI.create(document).getPath());

        assertThat(refused.status()).isEqualTo(401);
        assertThat(refused.header("WWW-Authenticate")).contains("Bearer resource_metadata=\"" + document + "\"");
        assertThat(metadata.status()).isEqualTo(200);
        assertThat(metadata.header("Content-Type")).contains("application/json");
        assertThat(metadata.text("/resource")).isEqualTo("https://gateway.example" + resource);
        assertThat(metadata.text("/authorization_servers/0")).isEqualTo(TokenServer.ISSUER);
        assertThat(metadata.text("/bearer_methods_supported/0")).isEqualTo("header");
    }

    @Test
    void isCalledFromAListedPageAndFromNoOther() throws Exception {
        for (String path : new String[] {"/api/v1/tools", "/mcp", "/q/metrics"}) {
            assertThat(statusFrom("https://evil.example", path)).isEqualTo(403);
            assertThat(statusFrom("null", path)).isEqualTo(403);
            assertThat(statusFrom("https://console.example", path)).isNotEqualTo(403);
        }
    }

    private int statusFrom(String origin, String path) throws Exception {
        return world.operator
                .post(path, "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\"}", "Origin", origin)
                .status();
    }

    private void assertRefused(String token) throws Exception {
        Answer answer = bearer(token).get("/api/v1/tools");
        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.text("/category")).isEqualTo("UNAUTHENTICATED");
        assertThat(answer.header("WWW-Authenticate").orElseThrow()).startsWith("Bearer resource_metadata=");
    }

    private String signed(JwtClaimsBuilder claims) {
        return claims.jws().keyId(TokenServer.KEY_ID).sign(key);
    }

    private static JwtClaimsBuilder claims(String... groups) {
        return Jwt.issuer(TokenServer.ISSUER)
                .audience(TokenServer.AUDIENCE)
                .subject("anna")
                .claim("preferred_username", "root")
                .groups(Set.of(groups))
                .expiresIn(60);
    }

    private Caller bearer(String token) {
        return Caller.bearing(base(), token);
    }

    private URI base() {
        return URI.create(url.toString());
    }

    private static String base64(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
