package io.infrabridge.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Real hosts are brought to a whole configuration, once, and end as they began where that fails; what became of them is asked of
 * their own programs.
 */
@RequiresLab
@ExtendWith(RunningSystem.class)
class ProvisionOnHostsTest {
    private static final String PAGE = "/srv/provisioned.html";
    private static final String SERVICE = "infrabridge-hello";
    private static final String SYSCTL = "\"sysctl\":[{\"key\":\"net.ipv4.tcp_keepalive_time\",\"value\":\"600\"}]";
    private static final String KEPT_ALIVE = "/proc/sys/net/ipv4/tcp_keepalive_time";
    private static final String CONFIG = "\"packages\":[\"infrabridge-hello\"],"
            + "\"files\":[{\"path\":\"" + PAGE + "\",\"content\":\"for {{name}}\\n\","
            + "\"variables\":[{\"name\":\"name\",\"value\":\"everybody\"}],\"mode\":\"0640\",\"group\":\"adm\"}],"
            + "\"firewall\":[{\"action\":\"allow\",\"port\":\"8443\",\"protocol\":\"tcp\"},"
            + "{\"action\":\"deny\",\"port\":\"2525\",\"protocol\":\"tcp\"}],"
            + SYSCTL + ",\"services\":[{\"name\":\"" + SERVICE + "\",\"enabled\":true,\"running\":true}]";

    private static final String NIXOS = "nixos1";
    private static final String DATA = "/etc/nixos/infrabridge.json";
    private static final String DECLARED = "\"hostname\":\"web1\",\"packages\":[\"htop\"],"
            + "\"firewall\":[{\"action\":\"allow\",\"port\":\"8443\",\"protocol\":\"tcp\"},"
            + "{\"action\":\"deny\",\"port\":\"2525\",\"protocol\":\"tcp\"}],"
            + "\"files\":[{\"path\":\"/etc/provisioned/app.conf\",\"content\":\"for {{name}}\\n\","
            + "\"variables\":[{\"name\":\"name\",\"value\":\"it's ${everybody}\"}],\"mode\":\"0444\"},"
            + "{\"path\":\"" + PAGE + "\",\"content\":\"x\",\"mode\":\"0600\"}],"
            + SYSCTL + ",\"services\":[{\"name\":\"practice\",\"enabled\":true,\"running\":true},"
            + "{\"name\":\"" + SERVICE + "\",\"enabled\":true}]";

    private final Rest rest;

    ProvisionOnHostsTest(Rest rest) {
        this.rest = rest;
    }

    /** A host, and how its packages and rules are asked for by other means. */
    enum Host {
        APP2(List.of("dpkg", "-s"), List.of("ufw", "show", "added")) {
            @Override
            void forget() {
                asRoot("ufw", "delete", "allow", "in", "proto", "tcp", "from", "any", "to", "any", "port", "8443");
                asRoot("ufw", "delete", "deny", "in", "proto", "tcp", "from", "any", "to", "any", "port", "2525");
                asRoot("apt-get", "purge", "--yes", SERVICE, SERVICE + "-data").successful();
            }
        },
        RHEL1(List.of("rpm", "--query"), List.of("firewall-cmd", "--list-all")) {
            @Override
            void forget() {
                asRoot("firewall-cmd", "--permanent", "--remove-port=8443/tcp");
                asRoot("firewall-cmd", "--permanent", "--remove-rich-rule='rule port port=2525 protocol=tcp drop'");
                asRoot("firewall-cmd", "--reload").successful();
                asRoot("dnf", "--assumeyes", "remove", SERVICE, SERVICE + "-data");
            }
        };

        private final List<String> asksForPackage;
        private final List<String> listsRules;

        Host(List<String> asksForPackage, List<String> listsRules) {
            this.asksForPackage = asksForPackage;
            this.listsRules = listsRules;
        }

        /** What is not so yet is nothing to take back. */
        abstract void forget();

        String lab() {
            return name().toLowerCase(Locale.ROOT);
        }

        boolean hasPackage() {
            return ask(Stream.concat(asksForPackage.stream(), Stream.of(SERVICE)))
                            .exitCode()
                    == 0;
        }

        String rules() {
            return asRoot(listsRules.toArray(String[]::new)).successful();
        }

        List<String> state() {
            return Stream.of(
                            ask(Stream.concat(asksForPackage.stream(), Stream.of(SERVICE))),
                            Lab.on(lab(), "systemctl", "is-active", SERVICE),
                            Lab.on(lab(), "systemctl", "is-enabled", SERVICE),
                            asRoot("find", "/srv", "/etc/sysctl.d"),
                            asRoot(listsRules.toArray(String[]::new)),
                            Lab.on(lab(), "cat", KEPT_ALIVE, "/proc/sys/vm/swappiness"))
                    .flatMap(answer -> answer.output().lines())
                    .toList();
        }

        Shell.Answer asRoot(String... command) {
            return ask(Stream.concat(Stream.of("sudo", "-n"), Stream.of(command)));
        }

        private Shell.Answer ask(Stream<String> command) {
            return Lab.on(lab(), command.toArray(String[]::new));
        }
    }

    @AfterEach
    void leaveTheHostsAsTheyWere() {
        Stream.of(Host.values()).filter(host -> Lab.has(host.lab())).forEach(ProvisionOnHostsTest::restore);
        if (Lab.has(NIXOS)) {
            undeclare();
        }
    }

    private static void undeclare() {
        if (Lab.on(NIXOS, "test", "-e", DATA).exitCode() == 0) {
            Lab.on(NIXOS, "sudo", "-n", "rm", DATA).successful();
            Lab.on(NIXOS, "sudo", "-n", "nixos-rebuild", "switch").successful();
        }
        Lab.on(NIXOS, "sudo", "-n", "systemctl", "stop", "practice").successful();
        Lab.on(NIXOS, "sudo", "-n", "rm", "-f", PAGE).successful();
        Lab.on(NIXOS, "sudo", "-n", "rmdir", "/etc/provisioned");
        keepAliveAsUsual(NIXOS);
    }

    private static void restore(Host host) {
        host.asRoot("systemctl", "disable", "--now", SERVICE);
        host.asRoot("rm", "-f", PAGE, "/etc/sysctl.d/60-infrabridge.conf").successful();
        keepAliveAsUsual(host.lab());
        host.forget();
    }

    private static void keepAliveAsUsual(String host) {
        Lab.on(host, "sudo", "-n", "sysctl", "-q", "-w", "net.ipv4.tcp_keepalive_time=7200")
                .successful();
    }

    /** A container may not set what belongs to the kernel of all. */
    private static String withWhatCannotBeSet(String config) {
        return config.replace(SYSCTL, SYSCTL.replace("}]", "},{\"key\":\"vm.swappiness\",\"value\":\"11\"}]"));
    }

    private static void on(Host host) {
        assumeTrue(Lab.has(host.lab()), "the lab that is up has no host " + host.lab());
        restore(host);
    }

    @ParameterizedTest
    @EnumSource
    void hostIsBroughtToItsConfigurationOnce(Host host) {
        on(host);
        JsonNode planned = provision(host, "plan", CONFIG);
        assertThat(planned.path("changed").asBoolean()).isFalse();
        assertThat(planned.at("/output/diff").asText())
                .contains(
                        "- infrabridge-hello: absent",
                        "+ infrabridge-hello: installed",
                        "+++ " + PAGE,
                        "+ deny in tcp port 2525: present",
                        "+ infrabridge-hello: enabled, active");
        assertThat(host.hasPackage()).isFalse();

        JsonNode applied = provision(host, "apply", CONFIG);
        assertThat(applied.path("state").asText()).as(applied.toPrettyString()).isEqualTo("SUCCEEDED");
        assertThat(applied.path("changed").asBoolean()).isTrue();
        assertThat(applied.path("output")).isEqualTo(planned.path("output"));
        assertThat(host.hasPackage()).isTrue();
        assertThat(host.asRoot("cat", PAGE).successful()).isEqualTo("for everybody\n");
        assertThat(host.asRoot("stat", "--format=%a:%U:%G", PAGE).successful()).isEqualTo("640:root:adm\n");
        assertThat(host.rules()).contains("8443").contains("2525");
        assertThat(Lab.on(host.lab(), "cat", KEPT_ALIVE).successful()).isEqualTo("600\n");
        assertThat(Lab.on(host.lab(), "cat", "/etc/sysctl.d/60-infrabridge.conf")
                        .successful())
                .contains("net.ipv4.tcp_keepalive_time = 600\n");
        assertThat(Lab.on(host.lab(), "systemctl", "is-active", SERVICE).output())
                .isEqualTo("active\n");
        assertThat(Lab.on(host.lab(), "systemctl", "is-enabled", SERVICE).output())
                .isEqualTo("enabled\n");

        JsonNode again = provision(host, "apply", CONFIG);
        assertThat(again.path("state").asText()).as(again.toPrettyString()).isEqualTo("SUCCEEDED");
        assertThat(again.path("changed").asBoolean()).isFalse();
    }

    /** That section fails when those before it are done. */
    @ParameterizedTest
    @EnumSource
    void hostEndsAsItBeganWhereASectionFails(Host host) {
        on(host);
        List<String> before = host.state();

        JsonNode failed = provision(host, "apply", withWhatCannotBeSet(CONFIG));

        assertThat(failed.path("state").asText()).as(failed.toPrettyString()).isEqualTo("ROLLED_BACK");
        assertThat(failed.path("changed").asBoolean()).isFalse();
        assertThat(host.state()).isEqualTo(before);
    }

    /** All that is declared is one system, and one of the rules has it built under a guard. */
    @Test
    void nixosHostIsBroughtToItsConfigurationByOneRebuild() {
        assumeTrue(Lab.has(NIXOS), "the lab that is up has no host " + NIXOS);
        undeclare();
        JsonNode planned = provision(NIXOS, "plan", DECLARED);
        assertThat(planned.at("/output/diff").asText())
                .contains(
                        "+ hostname: web1",
                        "+ htop: installed",
                        "+for it's ${everybody}",
                        "+ net.ipv4.tcp_keepalive_time: 600",
                        "+ allow in tcp port 8443: present",
                        "+ deny in tcp port 2525: present",
                        "+ practice: enabled, active",
                        "+ infrabridge-hello: enabled");
        assertThat(Lab.on(NIXOS, "test", "-e", DATA).exitCode()).isNotZero();

        JsonNode applied = provision(NIXOS, "apply", DECLARED);
        assertThat(applied.path("state").asText()).as(applied.toPrettyString()).isEqualTo("SUCCEEDED");
        assertThat(applied.path("output")).isEqualTo(planned.path("output"));
        assertThat(applied.path("steps").findValues("command"))
                .filteredOn(command -> command.toString().startsWith("[\"nixos-rebuild\",\"switch\""))
                .hasSize(1);
        assertThat(Lab.on(NIXOS, "uname", "-n").successful()).isEqualTo("web1\n");
        assertThat(Lab.on(NIXOS, "ls", "/run/current-system/sw/bin").successful())
                .contains("htop");
        assertThat(Lab.on(NIXOS, "cat", "/etc/provisioned/app.conf").successful())
                .isEqualTo("for it's ${everybody}\n");
        assertThat(Lab.on(NIXOS, "stat", "--format=%F:%a:%U", "/etc/provisioned/app.conf")
                        .successful())
                .isEqualTo("regular file:444:root\n");
        assertThat(Lab.on(NIXOS, "sudo", "-n", "stat", "--format=%a:%s", PAGE).successful())
                .isEqualTo("600:1\n");
        assertThat(Lab.on(NIXOS, "cat", KEPT_ALIVE).successful()).isEqualTo("600\n");
        assertThat(Lab.on(NIXOS, "sudo", "-n", "iptables", "-w", "-S", "nixos-fw")
                        .successful())
                .contains("--dport 8443")
                .contains("--dport 2525");
        for (String service : List.of("practice", SERVICE)) {
            assertThat(Lab.on(NIXOS, "systemctl", "show", "--property=WantedBy,ActiveState", "--", service)
                            .successful())
                    .contains("WantedBy=multi-user.target", "ActiveState=active");
        }
        assertThat(Lab.on(NIXOS, "systemctl", "list-timers", "--all").successful())
                .doesNotContain("infrabridge-revert");

        JsonNode again = provision(NIXOS, "apply", DECLARED);
        assertThat(again.path("state").asText()).as(again.toPrettyString()).isEqualTo("SUCCEEDED");
        assertThat(again.path("changed").asBoolean()).isFalse();
    }

    /** The switch goes by what cannot be set, and only the look afterwards tells. */
    @Test
    void nixosHostEndsAsItBeganWhereSomethingIsNotTaken() {
        assumeTrue(Lab.has(NIXOS), "the lab that is up has no host " + NIXOS);
        undeclare();
        List<String> before = nixosState();

        // without the guard, which would be waited for
        String unguarded = DECLARED.replace(",{\"action\":\"deny\",\"port\":\"2525\",\"protocol\":\"tcp\"}", "");
        JsonNode failed = provision(NIXOS, "apply", withWhatCannotBeSet(unguarded));

        assertThat(failed.path("state").asText()).as(failed.toPrettyString()).isEqualTo("ROLLED_BACK");
        assertThat(failed.path("steps").toString()).contains("net.ipv4.tcp_keepalive_time=7200");
        assertThat(nixosState()).isEqualTo(before);
    }

    private static List<String> nixosState() {
        return Stream.of(
                        Lab.on(NIXOS, "readlink", "/run/current-system"),
                        Lab.on(NIXOS, "uname", "-n"),
                        Lab.on(NIXOS, "sudo", "-n", "find", "/etc", "/srv", "-maxdepth", "2"),
                        Lab.on(NIXOS, "sudo", "-n", "iptables", "-w", "-S"),
                        Lab.on(NIXOS, "systemctl", "show", "--property=ActiveState", "practice", SERVICE),
                        Lab.on(NIXOS, "cat", KEPT_ALIVE, "/proc/sys/vm/swappiness"))
                .flatMap(answer -> answer.successful().lines())
                .toList();
    }

    private JsonNode provision(Host host, String action, String config) {
        return provision(host.lab(), action, config);
    }

    private JsonNode provision(String host, String action, String config) {
        return rest.call(
                        "server_manage",
                        "{\"operation\":\"provision\",\"action\":\"" + action + "\",\"config\":{" + config
                                + "},\"remote_target\":\"" + host + "\"}")
                .body();
    }
}
