package io.infrabridge.server.provision;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.infrabridge.runtime.operation.Run;
import io.infrabridge.runtime.value.InvalidValue;
import io.infrabridge.runtime.value.Text;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The content of a file: text of the basic multilingual plane without controls but tabs and line ends. */
@Text(
        pattern = "^[" + FileText.CHARACTERS + "\\t\\n\\r]*$",
        longest = Run.MOST_INPUT,
        expected = "text without control characters, of at most 60000 bytes",
        example = "# for {{name}}\n")
record FileText(@JsonValue String value) {
    static final String CHARACTERS = " -~\\u00a0-\\u200d\\u2010-\\u2027\\u202f-\\u2065\\u2070-\\ud7ff\\ue000-\\ufffd";

    private static final Pattern ALLOWED = Pattern.compile("[" + CHARACTERS + "\\t\\n\\r]*");
    private static final Pattern PLACE = Pattern.compile("\\{\\{([^{}\\n]*)}}");

    @JsonCreator
    FileText {
        if (bytes(value).length > Run.MOST_INPUT || !ALLOWED.matcher(value).matches()) {
            throw new InvalidValue("expected text without control characters, of at most " + Run.MOST_INPUT + " bytes");
        }
    }

    /** Every {@code {{name}}} replaced by the value of that name: all are known and all are used, and there is no logic. */
    FileText with(List<TemplateVariable> variables) {
        Map<String, String> values = new HashMap<>();
        for (TemplateVariable variable : variables) {
            if (values.put(variable.name().value(), variable.value().value()) != null) {
                throw new InvalidValue("variables: " + variable.name() + " is there twice");
            }
        }
        Set<String> unused = new HashSet<>(values.keySet());
        StringBuilder filled = new StringBuilder();
        Matcher place = PLACE.matcher(value);
        while (place.find()) {
            String name = place.group(1).strip();
            if (!values.containsKey(name)) {
                throw new InvalidValue("content: there is no variable for " + place.group());
            }
            unused.remove(name);
            place.appendReplacement(filled, Matcher.quoteReplacement(values.get(name)));
        }
        if (!unused.isEmpty()) {
            throw new InvalidValue("variables: the content has no place for " + String.join(", ", unused));
        }
        return new FileText(place.appendTail(filled).toString());
    }

    int size() {
        return bytes(value).length;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public String toString() {
        return value;
    }
}
