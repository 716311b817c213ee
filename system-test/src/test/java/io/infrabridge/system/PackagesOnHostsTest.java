package io.infrabridge.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.infrabridge.contract.Json;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Packages of real hosts, by apt and by dnf; what became of them is asked of dpkg and rpm themselves. */
@RequiresLab
@ExtendWith(RunningSystem.class)
class PackagesOnHostsTest {
    private static final String HELLO = "infrabridge-hello";
    private static final String DATA = "infrabridge-hello-data";
    private static final String SECURITY = "infrabridge-practice-a";
    private static final String USUAL = "infrabridge-practice-b";
    private static final String BROKEN = "infrabridge-practice-broken";
    private static final List<String> ALL = List.of(HELLO, DATA, SECURITY, USUAL, BROKEN);

    private final Rest rest;

    PackagesOnHostsTest(Rest rest) {
        this.rest = rest;
    }

    /** A host, and how its packages are prepared and asked for by other means. */
    enum Host {
        APP1 {
            @Override
            String version(String name) {
                return ask("dpkg-query", "--show", "--showformat='${db:Status-Status} ${Version}'", name)
                        .filter(said -> said.startsWith("installed "))
                        .map(said -> said.substring("installed ".length()))
                        .orElse("");
            }

            @Override
            void prepare(String name, String version) {
                asRoot("apt-get", "install", "--yes", "--allow-downgrades", name + "=" + version)
                        .successful();
            }

            @Override
            void forget() {
                asRoot("apt-mark", "unhold", "'infrabridge-*'");
                asRoot("apt-get", "purge", "--yes", "'infrabridge-*'");
            }

            @Override
            String held() {
                return Lab.on(lab(), "apt-mark", "showhold").successful();
            }
        },
        RHEL1 {
            @Override
            String version(String name) {
                return ask("rpm", "--query", "--queryformat", "'%{VERSION}'", name)
                        .orElse("");
            }

            @Override
            void prepare(String name, String version) {
                asRoot("dnf", "--assumeyes", "install", name + "-" + version).successful();
            }

            @Override
            void forget() {
                asRoot("dnf", "-C", "versionlock", "clear");
                asRoot("dnf", "--assumeyes", "remove", "'infrabridge-*'");
            }

            @Override
            String held() {
                return Lab.on(lab(), "sudo", "-n", "dnf", "-C", "-q", "versionlock", "list")
                        .successful();
            }
        };

        /** The version that is installed; empty where none is. */
        abstract String version(String name);

        abstract void prepare(String name, String version);

        abstract void forget();

        abstract String held();

        String lab() {
            return name().toLowerCase(Locale.ROOT);
        }

        Optional<String> ask(String... command) {
            Shell.Answer answer = Lab.on(lab(), command);
            return Optional.of(answer.output().strip()).filter(said -> answer.exitCode() == 0);
        }

        Shell.Answer asRoot(String... command) {
            String[] all = new String[command.length + 2];
            all[0] = "sudo";
            all[1] = "-n";
            System.arraycopy(command, 0, all, 2, command.length);
            return Lab.on(lab(), all);
        }
    }

    @AfterEach
    void leaveTheHostsAsTheyWere() {
        for (Host host : Host.values()) {
            if (Lab.has(host.lab())) {
                host.forget();
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void packagesAreInstalledAndRemoved(Host host) {
        begin(host);

        JsonNode installed = succeeded(host, "install", HELLO, true);
        assertThat(installed.at("/output/others/0/name").asText()).isEqualTo(DATA);
        assertThat(host.version(HELLO)).isEqualTo("1.1");
        assertThat(host.version(DATA)).isNotEmpty();
        succeeded(host, "install", HELLO, false);
        assertThat(succeeded(host, "list", "", false).at("/output/packages").toString())
                .contains(HELLO);

        succeeded(host, "remove", HELLO, true);
        assertThat(host.version(HELLO)).isEmpty();
        assertThat(host.version(DATA)).isNotEmpty();
        succeeded(host, "remove", HELLO, false);
    }

    @ParameterizedTest
    @EnumSource
    void heldPackagesAreUpdatedOnlyAfterTheirRelease(Host host) {
        begin(host);
        host.prepare(USUAL, "1.0");

        succeeded(host, "hold", USUAL, true);
        assertThat(host.held()).contains(USUAL);
        succeeded(host, "hold", USUAL, false);

        Rest.Answer refused = call(host, "update", USUAL, "");
        assertThat(refused.category()).isEqualTo("PRECONDITION_FAILED");
        assertThat(refused.message()).contains("Held packages").contains(USUAL);
        assertThat(host.version(USUAL)).isEqualTo("1.0");

        succeeded(host, "unhold", USUAL, true);
        assertThat(host.held()).doesNotContain(USUAL);
        succeeded(host, "unhold", USUAL, false);

        JsonNode updated = succeeded(host, "update", USUAL, true);
        assertThat(updated.at("/output/updated/0/name").asText()).isEqualTo(USUAL);
        assertThat(host.version(USUAL)).isEqualTo("1.1");
        succeeded(host, "update", USUAL, false);
    }

    @ParameterizedTest
    @EnumSource
    void securityUpdatesComeAlone(Host host) {
        begin(host);
        host.prepare(SECURITY, "1.0");
        host.prepare(USUAL, "1.0");
        call(host, "refresh", "", "");

        JsonNode updated = body(call(host, "update", "", ",\"security_only\":true"), true);

        assertThat(updated.at("/output/updated").toString()).contains(SECURITY).doesNotContain(USUAL);
        assertThat(host.version(SECURITY)).isEqualTo("1.1");
        assertThat(host.version(USUAL)).isEqualTo("1.0");
        body(call(host, "update", "", ",\"security_only\":true"), false);
    }

    @ParameterizedTest
    @EnumSource
    void packageThatCannotBeInstalledLeavesTheHostAsItWas(Host host) {
        begin(host);

        JsonNode failed = call(host, "install", BROKEN, "").body();

        assertThat(failed.path("state").asText()).as(failed.toPrettyString()).isIn("FAILED", "ROLLED_BACK");
        assertThat(ALL).allSatisfy(name -> assertThat(host.version(name)).isEmpty());
        succeeded(host, "install", HELLO, true);
    }

    private static void begin(Host host) {
        assumeTrue(Lab.has(host.lab()), "the lab has no " + host.lab());
        host.forget();
    }

    private JsonNode succeeded(Host host, String action, String name, boolean changed) {
        return body(call(host, action, name, action.equals("list") ? ",\"query\":\"infrabridge\"" : ""), changed);
    }

    private static JsonNode body(Rest.Answer answer, boolean changed) {
        JsonNode operation = answer.body();
        return Outcome.succeeded(operation, changed);
    }

    private Rest.Answer call(Host host, String action, String name, String more) {
        ObjectNode arguments =
                (ObjectNode) Json.parse("{\"operation\":\"package\",\"action\":\"" + action + "\"" + more + "}");
        arguments.put("remote_target", host.lab());
        if (!name.isEmpty()) {
            arguments.putArray("packages").add(name);
        }
        return rest.call("server_manage", Json.text(arguments));
    }
}
