package io.infrabridge.runtime.worker;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.infrabridge.contract.Category;
import io.infrabridge.contract.Command;
import io.infrabridge.contract.DeadLetter;
import io.infrabridge.contract.EventType;
import io.infrabridge.contract.InvalidContract;
import io.infrabridge.contract.Json;
import io.infrabridge.contract.Operation;
import io.infrabridge.contract.State;
import io.infrabridge.contract.Topics;
import io.infrabridge.runtime.execution.AllowedPrograms;
import io.infrabridge.runtime.execution.HostFactsReader;
import io.infrabridge.runtime.execution.HostLink;
import io.infrabridge.runtime.execution.HostTargets;
import io.infrabridge.testkit.hostile.TargetSpellings;
import io.infrabridge.trust.inventory.Inventory;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Commands that a trusted key has signed, for hosts that are not in the inventory. */
class HostAllowListOverKafkaTest {
    private @TempDir Path folder;

    @Test
    void refusesEveryOtherSpellingOfAHost() throws Exception {
        // whatever asks it to run something breaks the operation, which then is not REJECTED
        HostLink nothing = (HostLink) Proxy.newProxyInstance(
                HostLink.class.getClassLoader(), new Class<?>[] {HostLink.class}, (proxy, method, arguments) -> {
                    throw new AssertionError(method + " was asked");
                });
        HostTargets targets = new HostTargets(
                new Inventory(List.of(), List.of()),
                nothing,
                host -> nothing,
                new HostFactsReader(),
                AllowedPrograms.of(List.of()));
        try (Bench bench = new Bench(folder, Optional.of(targets))) {
            Map<String, String> readable = new HashMap<>();
            int unreadable = 0;
            for (String spelling : TargetSpellings.NOT_LISTED) {
                Command command = bench.command("add", "nginx");
                byte[] value = Json.bytes(((ObjectNode) Json.tree(command)).put("target", spelling));
                String signature = bench.gateway.sign(Topics.commands(bench.domain), value);
                bench.send(command.id(), EventType.COMMAND, value, bench.gateway.id(), signature, spelling);
                if (canBeRead(value)) {
                    readable.put(command.id(), spelling);
                } else {
                    unreadable++;
                }
            }

            assertThat(readable).hasSizeGreaterThan(30);
            for (ConsumerRecord<String, byte[]> record :
                    bench.records(Topics.RESULTS, each -> readable.containsKey(each.key()), readable.size())) {
                Operation result = Json.read(record.value(), Operation.class);
                assertThat(result.state()).as(readable.get(record.key())).isEqualTo(State.REJECTED);
                assertThat(result.error().orElseThrow().category()).isEqualTo(Category.UNKNOWN_TARGET);
                assertThat(result.steps()).isEmpty();
            }
            for (ConsumerRecord<String, byte[]> record : bench.records(
                    Topics.DEAD_LETTERS, each -> each.key().equals(Topics.commands(bench.domain)), unreadable)) {
                assertThat(Json.read(record.value(), DeadLetter.class).failure().category())
                        .isEqualTo(Category.INVALID_REQUEST);
            }
        }
    }

    private static boolean canBeRead(byte[] value) {
        try {
            Json.read(value, Command.class);
            return true;
        } catch (InvalidContract e) {
            return false;
        }
    }
}
