package io.infrabridge.trust.inventory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.infrabridge.trust.InvalidConfiguration;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InventoryTest {
    private final Inventory inventory = new Inventory(
            List.of(host("bastion", "198.51.100.1", null), host("app1", "app1.example.com", "bastion")),
            List.of(),
            Set.of("me.example.com"));

    @Test
    void findsAHostByItsNameAndItsAddresses() {
        assertThat(inventory.hostName(Optional.of("app1"))).contains("app1");
        assertThat(inventory.hostName(Optional.of("app1.example.com"))).contains("app1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost", "127.0.0.1", "me.example.com"})
    void knowsItsOwnMachine(String name) {
        assertThat(inventory.hostName(Optional.of(name))).contains(Inventory.LOCALHOST);
    }

    @Test
    void takesItsOwnMachineWhereNoneIsNamed() {
        assertThat(inventory.hostName(Optional.empty())).contains(Inventory.LOCALHOST);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " app1",
                "APP1",
                "app1.",
                "root@app1",
                "app1:22",
                "3325256705",
                "198.51.100.01",
                "::ffff:198.51.100.1",
                "127.1",
                "2130706433",
                "0177.0.0.1",
                "[::1]",
                "LOCALHOST",
                "app1\n",
                "-oProxyCommand=x",
                "app2"
            })
    void knowsNoOtherSpelling(String name) {
        assertThat(inventory.hostName(Optional.of(name))).isEmpty();
    }

    @Test
    void listsTheHopsInTheOrderTheyAreTaken() {
        Inventory chain = new Inventory(
                List.of(host("a", "a.example", null), host("b", "b.example", "a"), host("c", "c.example", "b")),
                List.of(),
                Set.of());

        assertThat(chain.jumps(chain.host("c").orElseThrow()))
                .extracting(Host::name)
                .containsExactly("a", "b");
    }

    @Test
    void refusesACircleOfJumpsAnUnknownJumpAndANameThatIsTaken() {
        assertThatThrownBy(() -> new Inventory(
                        List.of(host("a", "a.example", "b"), host("b", "b.example", "a")), List.of(), Set.of()))
                .isInstanceOf(InvalidConfiguration.class)
                .hasMessageContaining("circle");
        assertThatThrownBy(() -> new Inventory(List.of(host("a", "a.example", "z")), List.of(), Set.of()))
                .hasMessageContaining("unknown host: z");
        assertThatThrownBy(() -> new Inventory(
                        List.of(host("a", "a.example", null), host("a", "b.example", null)), List.of(), Set.of()))
                .hasMessageContaining("taken");
        assertThatThrownBy(() -> new Inventory(List.of(host("localhost", "a.example", null)), List.of(), Set.of()))
                .hasMessageContaining("taken");
    }

    @Test
    void readsItsFile(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("inventory.yaml");
        Files.writeString(file, """
                hosts:
                  - name: app1
                    addresses: [app1.example.com, 192.0.2.7]
                    port: 2201
                    user: infra
                    key: /etc/infrabridge/id_ed25519
                    known_hosts: /etc/infrabridge/known_hosts
                    labels: {role: web}
                clusters:
                  - name: prod
                    type: kubernetes
                    kubeconfig: /etc/infrabridge/kubeconfig
                    default: true
                """);

        Inventory read = Inventory.read(file);

        assertThat(read.host("app1").orElseThrow().sshPort()).isEqualTo(2201);
        assertThat(read.cluster("prod").orElseThrow().isDefault()).isTrue();
    }

    @Test
    void namesTheFileAndTheMistake(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("inventory.yaml");
        Files.writeString(file, "hosts: []\nclustres: []\n");

        assertThatThrownBy(() -> Inventory.read(file))
                .isInstanceOf(InvalidConfiguration.class)
                .hasMessageContaining("inventory.yaml")
                .hasMessageContaining("clustres");
    }

    private static Host host(String name, String address, @org.jspecify.annotations.Nullable String jump) {
        return new Host(
                name,
                List.of(address),
                Optional.empty(),
                "infra",
                Path.of("key"),
                Path.of("known_hosts"),
                Optional.ofNullable(jump),
                Optional.empty(),
                Map.of());
    }
}
