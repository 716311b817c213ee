package io.infrabridge.nas;

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
        ShippedRoles.check(new OperationCatalogue(operations(Hosts.SETTINGS)).descriptors());
    }

    @Test
    void offersEveryActionOnceWithPropertiesOfOneType() throws Exception {
        assertThat(new OperationCatalogue(operations(Hosts.SETTINGS)).descriptors())
                .extracting(OperationDescriptor::action)
                .containsExactly("create", "details", "list");
    }

    @Test
    void runsNoShell() throws Exception {
        assertThat(new OperationCatalogue(operations(Hosts.SETTINGS)).programs())
                .containsExactly(
                        "btrfs",
                        "exportfs",
                        "find",
                        "findmnt",
                        "grep",
                        "ln",
                        "lvs",
                        "mkdir",
                        "rmdir",
                        "unlink",
                        "vgs",
                        "zfs",
                        "zpool");
    }

    @Test
    void hasASudoersFileForEachDistributionThatPermitsWhatItRunsAsRoot() throws Exception {
        SudoersFile.check("nas", new OperationCatalogue(operations(Hosts.SETTINGS)).allowances());
    }

    static List<HostOperation<?, ?>> operations(NasSettings settings) throws Exception {
        List<HostOperation<?, ?>> operations = new ArrayList<>();
        try (InputStream index = CatalogueTest.class.getResourceAsStream("/META-INF/jandex.idx")) {
            for (ClassInfo found : new IndexReader(index)
                    .read()
                    .getKnownDirectImplementations(DotName.createSimple(HostOperation.class))) {
                Constructor<?> constructor =
                        Class.forName(found.name().toString()).getDeclaredConstructor(NasSettings.class);
                constructor.setAccessible(true);
                operations.add((HostOperation<?, ?>) constructor.newInstance(settings));
            }
        }
        return operations;
    }
}
