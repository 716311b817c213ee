package io.infrabridge.server.packages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.infrabridge.runtime.operation.Captured;
import io.infrabridge.runtime.operation.Output;
import io.infrabridge.runtime.operation.Rehearsal;
import io.infrabridge.runtime.operation.UnexpectedOutput;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class SearchPackagesTest {
    @Test
    void findsPackagesWithTheirSummaries() {
        JsonNode found = asking("hello practice").seen(Captured.output("apt-cache-search"));
        assertThat(found.path("total").asInt()).isEqualTo(2);
        assertThat(found.path("packages").get(0).toString())
                .isEqualTo("{\"name\":\"infrabridge-hello\",\"summary\":\"practice package of the Infrabridge lab\"}");
        assertThat(found.path("truncated").asBoolean()).isFalse();
    }

    @Test
    void looksForWordsAsTheyAreWritten() {
        assertThat(asking("g++ 2.0 x").probe().get(0))
                .containsExactly("apt-cache", "search", "--", "g\\+\\+", "2\\.0", "x");
    }

    @Test
    void listsAtMostAHundredAndTheNamedOneFirst() {
        String many = IntStream.range(0, 500)
                .mapToObj(i -> "a" + i + " - of python\n")
                .collect(Collectors.joining());
        JsonNode found = asking("python").seen(Output.of(many + "python - the language\n"));
        assertThat(found.path("packages")).hasSize(100);
        assertThat(found.path("packages").get(0).path("name").asText()).isEqualTo("python");
        assertThat(found.path("total").asInt()).isEqualTo(501);
        assertThat(found.path("truncated").asBoolean()).isTrue();
    }

    @Test
    void findsNothing() {
        assertThat(asking("nosuch").seen(Output.of("")).path("packages")).isEmpty();
    }

    @Test
    void doesNotUnderstandGarbage() {
        assertThatThrownBy(() -> asking("x").seen(Output.of("garbage"))).isInstanceOf(UnexpectedOutput.class);
    }

    private static Rehearsal<?, ?> asking(String query) {
        return new Rehearsal<>(
                new SearchPackages(), "{'operation':'package','action':'search','query':'" + query + "'}");
    }
}
