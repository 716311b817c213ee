package io.infrabridge.server.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.infrabridge.contract.Json;
import io.infrabridge.runtime.catalogue.InvalidArguments;
import io.infrabridge.runtime.operation.Captured;
import io.infrabridge.runtime.operation.Output;
import io.infrabridge.runtime.operation.Rehearsal;
import io.infrabridge.runtime.operation.UnexpectedOutput;
import org.junit.jupiter.api.Test;

final class ListProcessesTest {
    private final Output ps = Captured.output("ps-by-cpu");

    @Test
    void listsTheGreediestOfARealHost() {
        JsonNode top = of("").seen(ps);
        assertThat(top.path("processes")).hasSize(10);
        assertThat(top.path("total").asInt()).isEqualTo(13);
        assertThat(Json.parse(top.path("processes").get(0).toString())).isEqualTo(Json.parse("""
                        {"pid":190,"parent_pid":177,"user_name":"infra","state":"S","cpu_percent":1.1,"memory_percent":0.0,
                         "memory_bytes":6381568,"seconds":1,"command":"sshd"}"""));
    }

    @Test
    void asksForAnotherOrder() {
        assertThat(of("").probe().get(0)).endsWith("--sort=-pcpu,pid");
        assertThat(of(",'sort_by':'cpu'").probe().get(0)).endsWith("--sort=-pcpu,pid");
        assertThat(of(",'sort_by':'memory'").probe().get(0)).endsWith("--sort=-rss,pid");
        assertThat(of("").seen(Captured.output("ps-by-memory"))
                        .at("/processes/0/command")
                        .asText())
                .isEqualTo("systemd-journal");
    }

    @Test
    void neverAsksForArguments() {
        assertThat(of("").probe().get(0)).contains("comm=").doesNotContain("args=", "cmd=", "command=");
    }

    @Test
    void listsAsManyAsAreAskedFor() {
        assertThat(of(",'limit':3").seen(ps).path("processes")).hasSize(3);
        assertThat(of(",'limit':100").seen(ps).path("processes")).hasSize(13);
        for (String wrong : new String[] {"0", "101", "-1", "'3'", "1.5"}) {
            assertThatThrownBy(() -> of(",'limit':" + wrong)).isInstanceOf(InvalidArguments.class);
        }
    }

    @Test
    void readsNamesWithBlanksAndLeavesOutALineThatIsCut() {
        String line = "  7     1 root   S  0.0  0.0  5  1 tmux: server\n";
        assertThat(of("").seen(Output.of(line)).at("/processes/0/command").asText())
                .isEqualTo("tmux: server");
        assertThat(of("").seen(new Output(0, line + "  8  1 ro", "", true))
                        .path("total")
                        .asInt())
                .isEqualTo(1);
        assertThatThrownBy(() -> of("").seen(Output.of("garbage"))).isInstanceOf(UnexpectedOutput.class);
    }

    private static Rehearsal<?, ?> of(String more) {
        return new Rehearsal<>(new ListProcesses(), "{'operation':'system','action':'processes'" + more + "}");
    }
}
