package io.infrabridge.runtime.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.infrabridge.contract.Command;
import io.infrabridge.contract.State;
import io.infrabridge.contract.Topics;
import io.infrabridge.runtime.disclosure.Canaries;
import io.infrabridge.runtime.operation.Output;
import io.smallrye.mutiny.Uni;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Secrets that a host prints, looked for in every record that the worker writes; audit rows are made of these. */
class DisclosureOverKafkaTest {
    private @TempDir Path folder;
    private Bench bench;

    @BeforeEach
    void start() throws IOException {
        bench = new Bench(folder);
    }

    @AfterEach
    void stop() throws InterruptedException {
        bench.close();
    }

    @Test
    void tellsNoSecretThatATypedOutputHas() {
        // an output of lines: what spans several is not known for a secret line by line
        bench.host.names.addAll(
                Canaries.TEXTS.stream().filter(text -> !text.contains("\n")).toList());
        Command command = bench.command("add", "nginx");
        bench.send(command);

        assertThat(bench.result(command).state()).isEqualTo(State.SUCCEEDED);
        assertThat(bench.result(command).output().orElseThrow().toString()).contains("nginx", "[redacted]");
        assertThat(Canaries.seenIn(written(command))).isFalse();
    }

    @Test
    void tellsNoSecretInTheReasonOfAFailure() {
        for (String canary : Canaries.TEXTS) {
            bench.host.answering("add x", () -> Uni.createFrom().item(Output.failed(1, "cannot: " + canary)));
            Command command = bench.command("add", "x");
            bench.send(command);

            assertThat(bench.result(command).error().orElseThrow().message()).contains("cannot");
            assertThat(Canaries.seenIn(written(command))).as(canary).isFalse();
        }
    }

    @Test
    void tellsNothingThatSteersATerminalOrCannotBeSeen() {
        bench.host.names.add("\u001b]0;title\u0007\u001b[31mred\u202e\u200b");
        Command command = bench.command("add", "nginx");
        bench.send(command);

        assertThat(bench.result(command).output().orElseThrow().toString()).contains("\"red\"");
    }

    /** The result and the progress of a command, once its result is there. */
    private String written(Command command) {
        StringBuilder all = new StringBuilder();
        List<ConsumerRecord<String, byte[]>> results = bench.results(command, 1);
        List<ConsumerRecord<String, byte[]>> progress =
                bench.records(Topics.PROGRESS, record -> record.key().equals(command.id()), 1);
        results.forEach(record -> all.append(new String(record.value(), StandardCharsets.UTF_8)));
        progress.forEach(record -> all.append(new String(record.value(), StandardCharsets.UTF_8)));
        return all.toString();
    }
}
