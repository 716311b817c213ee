package io.infrabridge.runtime.worker;

import io.infrabridge.runtime.catalogue.OperationCatalogue;
import io.infrabridge.runtime.execution.AllowedPrograms;
import io.infrabridge.runtime.execution.ExecutionSettings;
import io.infrabridge.runtime.operation.Operation;
import io.infrabridge.trust.inventory.Inventory;
import io.quarkus.arc.All;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.List;

/** What configuration and the operations of this worker make, once, for everyone who asks. */
final class WorkerBeans {
    private WorkerBeans() {}

    @Produces
    @Singleton
    static Inventory inventory(WorkerConfiguration configuration) {
        return Inventory.read(configuration.inventory());
    }

    @Produces
    @Singleton
    static OperationCatalogue catalogue(@All List<Operation<?, ?, ?>> operations) {
        return new OperationCatalogue(operations);
    }

    @Produces
    @Singleton
    static AllowedPrograms programs(OperationCatalogue catalogue, ExecutionSettings settings) {
        return AllowedPrograms.of(catalogue.allowances(), settings);
    }
}
