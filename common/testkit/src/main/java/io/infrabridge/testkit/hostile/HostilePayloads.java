package io.infrabridge.testkit.hostile;

import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** All payloads, each once: what has been used against systems like this one, and what came up while it was built. */
public final class HostilePayloads {
    private static final JsonMapper ASCII =
            JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

    private HostilePayloads() {}

    /** Texts first, then what is no text at all; shell payloads aim at the canary. */
    public static List<JsonNode> all(Canary canary) {
        Set<JsonNode> all = new LinkedHashSet<>();
        texts(canary).forEach(text -> all.add(TextNode.valueOf(text)));
        all.addAll(WrongTypes.all());
        return List.copyOf(all);
    }

    public static List<String> texts(Canary canary) {
        Set<String> all = new LinkedHashSet<>();
        all.addAll(ShellPayloads.all(canary));
        all.addAll(OptionPayloads.all(canary));
        all.addAll(PathPayloads.all());
        all.addAll(InjectionPayloads.all());
        all.addAll(UnicodePayloads.all());
        all.addAll(OversizedPayloads.all());
        return new ArrayList<>(all);
    }

    /** As JSON in ASCII, because half of a surrogate pair has no UTF-8. */
    public static byte[] json(JsonNode value) {
        try {
            return ASCII.writeValueAsBytes(value);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
