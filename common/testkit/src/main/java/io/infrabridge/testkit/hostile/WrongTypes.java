package io.infrabridge.testkit.hostile;

import com.fasterxml.jackson.databind.JsonNode;
import io.infrabridge.contract.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** JSON that is no text where one is wanted, and no number, list or object that anything wants. */
final class WrongTypes {
    /** Deeper than anything means; the contract's own parser refuses the second, others may not. */
    private static final List<Integer> DEPTHS = List.of(50, 200);

    private WrongTypes() {}

    static List<JsonNode> all() {
        List<JsonNode> all = Stream.of(
                        "null",
                        "true",
                        "false",
                        "0",
                        "1",
                        "-1",
                        "0.5",
                        "-0.0",
                        "1e3",
                        "1e300",
                        "9223372036854775807",
                        "9223372036854775808",
                        "1".repeat(300),
                        "[]",
                        "[[]]",
                        "[null]",
                        "[1]",
                        "[true]",
                        "[\"x\",1]",
                        "[\"x\",null]",
                        "[\"-o\"]",
                        "[\"x\",\"-o\"]",
                        "[[\"x\"]]",
                        "[{}]",
                        "{}",
                        "{\"x\":1}",
                        "{\"value\":\"x\"}",
                        "{\"value\":\"-o\"}",
                        "{\"__proto__\":{\"x\":1}}",
                        "{\"\":\"\"}",
                        "{\"@type\":\"java.lang.Runtime\"}",
                        "{\"$ref\":\"#\"}",
                        "{\"toString\":\"x\"}",
                        "[\"" + "x\",\"".repeat(5_000) + "x\"]")
                .map(Json::parse)
                .collect(Collectors.toCollection(ArrayList::new));
        for (int depth : DEPTHS) {
            JsonNode lists = Json.tree("x");
            JsonNode objects = Json.tree("x");
            for (int i = 0; i < depth; i++) {
                lists = Json.mapper().createArrayNode().add(lists);
                objects = Json.object().set("x", objects);
            }
            all.add(lists);
            all.add(objects);
        }
        return all;
    }
}
