package io.infrabridge.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What the channel of the NixOS-like host brings, with MCP; what became of it is asked of the packages themselves and of nix. */
@RequiresLab
@ExtendWith(RunningSystem.class)
class NixosUpdatesOnHostsTest {
    private static final String HELLO = "infrabridge-hello";
    private static final String FIRST = "channels-1-link";
    private static final String SECOND = "channels-2-link";

    private final Clients clients;

    NixosUpdatesOnHostsTest(Clients clients) {
        this.clients = clients;
    }

    @BeforeEach
    void oldPackagesAreInstalled() {
        assumeTrue(Lab.has(NixosByHand.HOST), "the lab has no " + NixosByHand.HOST);
        NixosByHand.restore();
        succeeded("install", ",\"packages\":[\"infrabridge-hello\",\"infrabridge-practice-a\",\"htop\"]", true);
        NixosByHand.letChannelsBeOld();
    }

    @AfterEach
    void leaveTheHostAsItWas() {
        if (Lab.has(NixosByHand.HOST)) {
            NixosByHand.restore();
        }
    }

    @Test
    void whatTheSystemHasIsListed() {
        JsonNode page = succeeded("list", "", false).path("output");
        assertThat(page.path("packages").findValuesAsText("name"))
                .containsExactly("htop", HELLO, "infrabridge-practice-a");
        assertThat(page.path("packages").findValuesAsText("version")).containsExactly("3.2.2", "1.0", "1.0");
    }

    @Test
    void newestRevisionOfTheChannelComesOnce() {
        succeeded("update", ",\"refresh\":false", false);

        JsonNode updated = succeeded("update", "", true).path("output");

        assertThat(updated.path("updated").toString())
                .contains("{\"name\":\"infrabridge-hello\",\"from\":\"1.0\",\"to\":\"1.1\"}", "infrabridge-practice-a")
                .doesNotContain("htop");
        assertThat(updated.path("lists_refreshed").asBoolean()).isTrue();
        assertThat(NixosByHand.version(HELLO)).isEqualTo("1.1");
        assertThat(NixosByHand.channel()).isEqualTo(SECOND);
        succeeded("update", "", false);
        assertThat(succeeded("list", ",\"query\":\"hello\"", false)
                        .at("/output/packages/0/version")
                        .asText())
                .isEqualTo("1.1");
    }

    /** A fetch that brings nothing changes no package. */
    @Test
    void channelWithoutANewerRevisionLeavesTheSystemAsItIs() {
        succeeded("update", "", true);
        String system = NixosByHand.system();
        NixosByHand.letChannelsBeOld();

        JsonNode updated = succeeded("update", "", true).path("output");

        assertThat(updated.path("updated")).isEmpty();
        assertThat(updated.path("lists_refreshed").asBoolean()).isTrue();
        assertThat(NixosByHand.system()).isEqualTo(system);
        assertThat(NixosByHand.channel()).isEqualTo(SECOND);
    }

    @Test
    void systemThatDoesNotBuildLeavesTheChannelWhereItWas() {
        NixosByHand.declareBesides(
                "{ pkgs, ... }: { environment.systemPackages = [ pkgs.infrabridge-practice-broken ]; }");
        assertTakenBack();
    }

    /** It is built, made the next one and switched to, and then does not start all that it should. */
    @Test
    void systemWhoseServiceFailsIsLeftForTheOneBefore() {
        NixosByHand.declareBesides("{ ... }: { systemd.services.fails = { wantedBy = [ \"multi-user.target\" ];"
                + " serviceConfig = { Type = \"oneshot\"; ExecStart = \"/bin/false\"; }; }; }");
        assertTakenBack();
        NixosByHand.declareNothingBesides();
        succeeded("update", "", true);
        assertThat(NixosByHand.version(HELLO)).isEqualTo("1.1");
    }

    @Test
    void whatNixosDoesNotDoWithPackagesIsRefused() {
        String hello = ",\"packages\":[\"infrabridge-hello\"]";
        assertThat(refused("update", hello)).contains("pin what shall have another version");
        assertThat(refused("update", ",\"security_only\":true")).contains("Update all of it");
        assertThat(refused("hold", hello)).contains("Pin a package in the configuration");
        assertThat(refused("unhold", hello)).contains("Pin a package in the configuration");
        assertThat(refused("refresh", "")).contains("action=update");
    }

    private void assertTakenBack() {
        String system = NixosByHand.system();
        String data = NixosByHand.data();

        JsonNode operation = call("update", "");

        assertThat(operation.path("state").asText())
                .as(operation.toPrettyString())
                .isEqualTo("ROLLED_BACK");
        assertThat(operation.path("changed").asBoolean()).isFalse();
        assertThat(NixosByHand.system()).isEqualTo(system);
        assertThat(NixosByHand.data()).isEqualTo(data);
        assertThat(NixosByHand.channel()).isEqualTo(FIRST);
        assertThat(NixosByHand.version(HELLO)).isEqualTo("1.0");
    }

    /** The hint. */
    private String refused(String action, String more) {
        JsonNode operation = call(action, more);
        assertThat(operation.at("/error/category").asText())
                .as(operation.toPrettyString())
                .isEqualTo("UNSUPPORTED_TARGET");
        return operation.at("/error/hint").asText();
    }

    private JsonNode succeeded(String action, String more, boolean changed) {
        JsonNode operation = call(action, more);
        return Outcome.succeeded(operation, changed);
    }

    private JsonNode call(String action, String more) {
        return clients.mcpCall(
                        "server_manage",
                        "{\"operation\":\"package\",\"action\":\"" + action + "\"" + more + ",\"remote_target\":\""
                                + NixosByHand.HOST + "\"}")
                .path("structuredContent");
    }
}
