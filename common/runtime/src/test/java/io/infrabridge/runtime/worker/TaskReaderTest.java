package io.infrabridge.runtime.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.infrabridge.contract.Command;
import io.infrabridge.contract.Json;
import io.infrabridge.contract.PolicyVerdict;
import io.infrabridge.contract.Selector;
import io.infrabridge.contract.TargetKind;
import io.infrabridge.runtime.catalogue.ArgumentDecoder;
import io.infrabridge.runtime.catalogue.OperationCatalogue;
import io.infrabridge.runtime.execution.AddNames;
import io.infrabridge.runtime.operation.HostFacts;
import io.infrabridge.runtime.operation.HostOperation;
import io.infrabridge.runtime.operation.OperationSpec;
import io.infrabridge.runtime.operation.Outputs;
import io.infrabridge.runtime.operation.Plan;
import io.infrabridge.runtime.operation.Tool;
import io.infrabridge.trust.inventory.Inventory;
import io.infrabridge.trust.policy.Policy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TaskReaderTest {
    private final OperationCatalogue catalogue = new OperationCatalogue(List.of(new AddNames(true), new LookAtNames()));
    private @TempDir Path folder;
    private TaskReader reader;

    @BeforeEach
    void read() throws IOException {
        Path inventory = Files.writeString(
                folder.resolve("inventory.yaml"),
                "hosts:\n  - {name: t1, addresses: [192.0.2.1], user: infra, key: k, known_hosts: h}\n");
        Permissions permissions = new Permissions(
                () -> Policy.parse(Bench.POLICY), catalogue, Inventory.read(inventory), Clock.systemUTC());
        reader = new TaskReader(catalogue, new ArgumentDecoder(), permissions);
    }

    @Test
    void tellsChangesFromWhatOnlyLooks() {
        assertThat(change("add", false)).isTrue();
        assertThat(change("add", true)).isFalse();
        assertThat(change("list", false)).isFalse();
        assertThat(change("list", true)).isFalse();
    }

    @Test
    void takesWhatItDoesNotKnowForAChange() {
        assertThat(reader.mayChange(command("add", false))).isTrue();
        assertThat(reader.mayChange(command("add", true))).isFalse();
        assertThat(reader.mayChange(command("list", false))).isFalse();
        assertThat(reader.mayChange(command("unheard-of", false))).isTrue();
    }

    private boolean change(String action, boolean dryRun) {
        Command command = command(action, dryRun);
        Incoming.Admitted admitted = new Incoming.Admitted(
                command,
                "rule",
                Optional.empty(),
                new PolicyVerdict("rule", "1", Optional.empty(), Optional.empty(), Optional.empty()),
                List.of());
        Received record = new Received("t", 1, 1, "localhost", Json.bytes(command), Map.of());
        return reader.received(admitted, record, () -> true).change();
    }

    private static Command command(String action, boolean dryRun) {
        return new Command(
                "o1",
                "gateway",
                "fake_names",
                action,
                Json.object().put("action", action).set("names", Json.tree(List.of("a"))),
                "localhost",
                "key:test",
                Set.of("operator"),
                Optional.empty(),
                Optional.empty(),
                dryRun,
                Instant.now(),
                Instant.now().plusSeconds(60),
                Optional.empty());
    }

    private static final class LookAtNames implements HostOperation<AddNames.Input, AddNames.Names> {
        @Override
        public OperationSpec<AddNames.Input, AddNames.Names> spec() {
            return OperationSpec.read(
                    new Tool("fake_names", "Names on a fake host", TargetKind.HOST),
                    "List names",
                    AddNames.Input.class,
                    AddNames.Names.class,
                    Selector.of("action", "list"));
        }

        @Override
        public Plan probe(AddNames.Input in, HostFacts host) {
            return Plan.nothing();
        }

        @Override
        public AddNames.Names parse(AddNames.Input in, Outputs out) {
            return new AddNames.Names(List.of());
        }
    }
}
