package io.infrabridge.nfs;

import static org.assertj.core.api.Assertions.assertThat;

import io.infrabridge.contract.OperationDescriptor;
import io.infrabridge.exports.ListExports;
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
                .containsExactly("list", "health", "list", "mount", "unmount");
    }

    @Test
    void runsNoShell() throws Exception {
        assertThat(new OperationCatalogue(operations()).programs())
                .containsExactly(
                        "cat",
                        "date",
                        "exportfs",
                        "grep",
                        "mkdir",
                        "mount",
                        "realpath",
                        "rmdir",
                        "sleep",
                        "stat",
                        "timeout",
                        "umount");
    }

    @Test
    void hasASudoersFileForEachDistributionThatPermitsWhatItRunsAsRoot() throws Exception {
        SudoersFile.check("nfs", new OperationCatalogue(operations()).allowances());
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
                Object[] settings = constructor.getParameterCount() == 0 ? new Object[0] : new Object[] {Roots.USUAL};
                operations.add((HostOperation<?, ?>) constructor.newInstance(settings));
            }
        }
        operations.add(new ListExports());
        return operations;
    }
}
