package io.infrabridge.audit;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** Asks the service as the gateway does, and waits until it knows what it is asked for. */
final class Audit {
    /** Needed by the test that configures it, no hindrance to the others. */
    static final String TOKEN = "a-token-for-tests";

    private static final Duration LONGEST_WAIT = Duration.ofSeconds(30);

    private Audit() {}

    static Response get(String path, Object... parameters) {
        RequestSpecification request = given().auth().oauth2(TOKEN);
        for (int i = 0; i < parameters.length; i += 2) {
            request = request.queryParam(String.valueOf(parameters[i]), parameters[i + 1]);
        }
        return request.get(path);
    }

    static List<Map<String, Object>> records(Object... parameters) {
        Response response = get("/api/v1/audit", parameters);
        assertThat(response.statusCode()).as(response.asString()).isEqualTo(200);
        return response.jsonPath().getList("records");
    }

    static List<Map<String, Object>> awaitRecords(int count, Object... parameters) {
        return until(() -> records(parameters), records -> records.size() >= count);
    }

    static Response awaitState(String id, String state) {
        return until(
                () -> get("/api/v1/operations/" + id),
                response -> response.statusCode() == 200
                        && state.equals(response.jsonPath().getString("state")));
    }

    static double metric(String name) {
        return get("/q/metrics")
                .asString()
                .lines()
                .filter(line -> line.startsWith(name))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
                .sum();
    }

    static <T> T until(Supplier<T> question, Predicate<T> enough) {
        return until(question, enough, LONGEST_WAIT);
    }

    static <T> T until(Supplier<T> question, Predicate<T> enough, Duration longest) {
        Instant deadline = Instant.now().plus(longest);
        T answer = question.get();
        while (!enough.test(answer)) {
            assertThat(Instant.now())
                    .as("still %s", answer instanceof Response response ? response.asString() : answer)
                    .isBefore(deadline);
            answer = question.get();
        }
        return answer;
    }
}
