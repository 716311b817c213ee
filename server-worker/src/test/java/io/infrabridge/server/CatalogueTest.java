package io.infrabridge.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.infrabridge.contract.OperationDescriptor;
import io.infrabridge.runtime.catalogue.OperationCatalogue;
import io.infrabridge.runtime.operation.HostOperation;
import io.infrabridge.runtime.operation.ShippedRoles;
import io.infrabridge.runtime.operation.SudoersFile;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.InputStream;
import java.lang.reflect.Constructor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jboss.jandex.ClassInfo;
import org.jboss.jandex.DotName;
import org.jboss.jandex.IndexReader;
import org.junit.jupiter.api.Test;

/** All operations of the worker together, as it announces them. */
public final class CatalogueTest {
    @Test
    void letsEachShippedRoleDoItsRisksAndNoMore() throws Exception {
        ShippedRoles.check(new OperationCatalogue(operations()).descriptors());
    }

    @Test
    void offersEveryActionOnceWithPropertiesOfOneType() throws Exception {
        assertThat(new OperationCatalogue(operations()).descriptors())
                .extracting(OperationDescriptor::action)
                .containsExactly(
                        "firewall.add_rule",
                        "firewall.list",
                        "firewall.remove_rule",
                        "health.check",
                        "package.hold",
                        "package.install",
                        "package.list",
                        "package.refresh",
                        "package.remove",
                        "package.search",
                        "package.unhold",
                        "package.update",
                        "provision.apply",
                        "provision.plan",
                        "service.disable",
                        "service.enable",
                        "service.logs",
                        "service.mask",
                        "service.reload",
                        "service.restart",
                        "service.start",
                        "service.status",
                        "service.stop",
                        "service.unmask",
                        "system.create_user",
                        "system.disks",
                        "system.info",
                        "system.list_users",
                        "system.lock_user",
                        "system.metrics",
                        "system.processes",
                        "system.reboot",
                        "system.set_hostname",
                        "system.set_timezone",
                        "system.unlock_user");
    }

    @Test
    void runsNoShell() throws Exception {
        assertThat(new OperationCatalogue(operations()).programs())
                .containsExactly(
                        "apt-cache",
                        "apt-get",
                        "apt-mark",
                        "cat",
                        "chage",
                        "date",
                        "df",
                        "dnf",
                        "dpkg-query",
                        "find",
                        "firewall-cmd",
                        "getent",
                        "grep",
                        "head",
                        "hostnamectl",
                        "id",
                        "install",
                        "ip",
                        "ip6tables",
                        "iptables",
                        "journalctl",
                        "lsblk",
                        "lscpu",
                        "mkdir",
                        "mv",
                        "nix-channel",
                        "nix-env",
                        "nix-instantiate",
                        "nix-store",
                        "nixos-rebuild",
                        "nproc",
                        "passwd",
                        "printenv",
                        "ps",
                        "readlink",
                        "realpath",
                        "rm",
                        "rmdir",
                        "rpm",
                        "sha256sum",
                        "sleep",
                        "ss",
                        "stat",
                        "sysctl",
                        "systemctl",
                        "systemd-detect-virt",
                        "systemd-run",
                        "timedatectl",
                        "true",
                        "ufw",
                        "uname",
                        "useradd",
                        "userdel",
                        "usermod");
    }

    @Test
    void hasASudoersFileForEachDistributionThatPermitsWhatItRunsAsRoot() throws Exception {
        SudoersFile.check("server", new OperationCatalogue(operations()).allowances());
    }

    static List<HostOperation<?, ?>> operations() throws Exception {
        List<HostOperation<?, ?>> operations = new ArrayList<>();
        try (InputStream index = CatalogueTest.class.getResourceAsStream("/META-INF/jandex.idx")) {
            for (ClassInfo found : new IndexReader(index)
                    .read()
                    .getKnownDirectImplementations(DotName.createSimple(HostOperation.class))) {
                Constructor<?> constructor =
                        Class.forName(found.name().toString()).getDeclaredConstructors()[0];
                constructor.setAccessible(true);
                Object[] settings = Arrays.stream(constructor.getParameterTypes())
                        .map(CatalogueTest::usual)
                        .toArray();
                operations.add((HostOperation<?, ?>) constructor.newInstance(settings));
            }
        }
        return operations;
    }

    /** Settings where nobody has set anything. */
    public static <T> T usual(Class<T> settings) {
        return new SmallRyeConfigBuilder().withMapping(settings).build().getConfigMapping(settings);
    }
}
