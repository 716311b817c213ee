package io.infrabridge.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.infrabridge.contract.OperationDescriptor;
import io.infrabridge.runtime.catalogue.OperationCatalogue;
import io.infrabridge.runtime.operation.HostOperation;
import io.infrabridge.runtime.operation.ShippedRoles;
import io.infrabridge.runtime.operation.SudoersFile;
import java.io.InputStream;
import java.lang.reflect.Constructor;
import java.util.ArrayList;
import java.util.List;
import org.jboss.jandex.ClassInfo;
import org.jboss.jandex.DotName;
import org.jboss.jandex.IndexReader;
import org.junit.jupiter.api.Test;

/** All operations of the worker together, as it announces them. */
final class CatalogueTest {
    @Test
    void letsEachShippedRoleDoItsRisksAndNoMore() throws Exception {
        ShippedRoles.check(new OperationCatalogue(operations()).descriptors());
    }

    @Test
    void offersEveryActionOnceWithPropertiesOfOneType() throws Exception {
        assertThat(new OperationCatalogue(operations()).descriptors())
                .extracting(OperationDescriptor::action)
                .containsExactly(
                        "health.check",
                        "package.install",
                        "package.remove",
                        "package.search",
                        "service.disable",
                        "service.enable",
                        "service.logs",
                        "service.mask",
                        "service.reload",
                        "service.restart",
                        "service.start",
                        "service.status",
                        "service.stop",
                        "service.unmask");
    }

    @Test
    void runsNoShell() throws Exception {
        assertThat(new OperationCatalogue(operations()).programs())
                .containsExactly(
                        "apt-cache",
                        "apt-get",
                        "cat",
                        "df",
                        "dpkg-query",
                        "find",
                        "grep",
                        "head",
                        "install",
                        "journalctl",
                        "mkdir",
                        "mv",
                        "nix-env",
                        "nix-instantiate",
                        "nixos-rebuild",
                        "nproc",
                        "rm",
                        "sleep",
                        "stat",
                        "systemctl",
                        "uname");
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
                        Class.forName(found.name().toString()).getDeclaredConstructor();
                constructor.setAccessible(true);
                operations.add((HostOperation<?, ?>) constructor.newInstance());
            }
        }
        return operations;
    }
}
