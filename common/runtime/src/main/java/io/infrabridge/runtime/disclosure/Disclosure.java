package io.infrabridge.runtime.disclosure;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.infrabridge.contract.Failure;
import io.infrabridge.contract.Json;
import io.infrabridge.contract.StepReport;
import io.infrabridge.runtime.value.Secret;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;

/**
 * The edge of the worker: whatever is told of an operation goes through here, and nothing that is still to be understood does.
 * Texts become plain, lose secrets and end at a length.
 */
public final class Disclosure {
    static final int LONGEST = 16 * 1024;
    // more of a text than this is not even looked at
    private static final int LOOKED_AT = 8 * LONGEST;
    private static final int LONGEST_MESSAGE = 4000;
    private static final int LONGEST_DESCRIPTION = 1000;
    static final String END = "… (cut here)";
    private static final String NOTHING = "(nothing that can be shown)";
    private static final Disclosure USUAL = new Disclosure(new Redaction(List.of()));

    private final Redaction redaction;

    private Disclosure(Redaction redaction) {
        this.redaction = redaction;
    }

    /** For texts that belong to no operation. */
    public static Disclosure usual() {
        return USUAL;
    }

    /** For an operation with these arguments, some of which may be {@link Secret}. */
    public static Disclosure of(Record arguments) {
        List<String> known = new ArrayList<>();
        for (RecordComponent component : arguments.getClass().getRecordComponents()) {
            if (component.isAnnotationPresent(Secret.class)) {
                texts(Json.tree(arguments).path(snakeCase(component.getName())), known);
            }
        }
        return known.isEmpty() ? USUAL : new Disclosure(new Redaction(known));
    }

    public String text(String text) {
        String looked = head(text, LOOKED_AT);
        String told = redaction.of(PlainText.of(looked));
        return looked.length() == text.length() ? cut(told, LONGEST) : head(told, LONGEST - END.length()) + END;
    }

    public Failure failure(Failure failure) {
        return Failure.of(failure.category(), shown(failure.message(), LONGEST_MESSAGE), text(failure.hint()));
    }

    public StepReport step(StepReport step) {
        return new StepReport(
                step.phase(),
                shown(step.description(), LONGEST_DESCRIPTION),
                command(step.command()),
                step.exitCode(),
                step.durationMs(),
                step.undone(),
                step.undo().stream().map(this::command).toList(),
                step.sudo().map(this::text));
    }

    /** The same tree with every text and every name in it told. */
    public JsonNode tree(JsonNode node) {
        if (node instanceof TextNode text) {
            return TextNode.valueOf(text(text.textValue()));
        }
        if (node instanceof ArrayNode array) {
            ArrayNode told = Json.mapper().createArrayNode();
            array.forEach(element -> told.add(tree(element)));
            return told;
        }
        if (node instanceof ObjectNode object) {
            ObjectNode told = Json.object();
            object.properties().forEach(property -> told.set(text(property.getKey()), tree(property.getValue())));
            return told;
        }
        return node;
    }

    private List<String> command(List<String> argv) {
        List<String> told = new ArrayList<>();
        for (int i = 0; i < argv.size(); i++) {
            told.add(i > 0 && Redaction.announces(argv.get(i - 1)) ? Redaction.MARK : text(argv.get(i)));
        }
        return told;
    }

    private String shown(String text, int longest) {
        String told = cut(text(text), longest);
        return told.isBlank() ? NOTHING : told;
    }

    private static void texts(JsonNode node, List<String> found) {
        if (node.isValueNode()) {
            found.add(node.asText());
        }
        node.forEach(element -> texts(element, found));
    }

    private static String snakeCase(String name) {
        return name.replaceAll("([A-Z])", "_$1").toLowerCase(java.util.Locale.ROOT);
    }

    private static String cut(String text, int longest) {
        return text.length() <= longest ? text : head(text, longest - END.length()) + END;
    }

    private static String head(String text, int longest) {
        if (text.length() <= longest) {
            return text;
        }
        return text.substring(0, Character.isHighSurrogate(text.charAt(longest - 1)) ? longest - 1 : longest);
    }
}
