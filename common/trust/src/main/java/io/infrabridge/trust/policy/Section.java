package io.infrabridge.trust.policy;

import com.fasterxml.jackson.databind.JsonNode;
import io.infrabridge.contract.Risk;
import io.infrabridge.trust.InvalidConfiguration;
import java.time.DateTimeException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * One mapping of the policy file. Every property that is asked for is known; {@link #end} refuses all others, so that a
 * typo cannot switch a rule off. Each message begins with the place, such as {@code freezes[1].from}.
 */
final class Section {
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_-]{0,62}");
    private static final Pattern PATTERN = Pattern.compile("[A-Za-z0-9._:@/-]*\\*|[A-Za-z0-9._:@/-]+");

    private final String place;
    private final JsonNode node;
    private final Set<String> known = new HashSet<>();

    Section(String place, JsonNode node) {
        this.place = place;
        this.node = node;
        if (!node.isObject()) {
            throw new InvalidConfiguration(
                    (place.isEmpty() ? "the file" : place) + ": must be a mapping of properties to values");
        }
    }

    /** The rules of a list, none where it is left out; two of one name are refused. */
    <T> List<T> rules(String property, Function<Section, T> read, Function<T, String> name) {
        Set<String> names = new HashSet<>();
        return each(property, section -> {
            T rule = read.apply(section);
            if (!names.add(name.apply(rule))) {
                throw section.invalid("name", "there are two of the name " + name.apply(rule));
            }
            return rule;
        });
    }

    <T> List<T> each(String property, Function<Section, T> read) {
        return get(property).map(value -> elements(property, value, read)).orElseGet(List::of);
    }

    private <T> List<T> elements(String property, JsonNode value, Function<Section, T> read) {
        if (!value.isArray()) {
            throw invalid(property, "must be a list");
        }
        List<T> all = new ArrayList<>();
        for (JsonNode element : value) {
            Section section = new Section(at(property) + "[" + all.size() + "]", element);
            all.add(read.apply(section));
            section.end();
        }
        return List.copyOf(all);
    }

    boolean has(String property) {
        return get(property).isPresent();
    }

    String name() {
        String name = text("name");
        if (!NAME.matcher(name).matches()) {
            throw invalid("name", "must be lower case letters, digits, - and _, such as month-end: " + name);
        }
        return name;
    }

    String text(String property) {
        return optionalText(property).orElseThrow(() -> missing(property));
    }

    Optional<String> optionalText(String property) {
        return get(property).map(value -> scalar(at(property), value));
    }

    /**
     * @param form what it must be, for whoever wrote something else
     * @param parse throws a {@link DateTimeException} for what it does not understand
     */
    <T> Optional<T> value(String property, String form, Function<String, T> parse) {
        return optionalText(property).map(text -> {
            try {
                return parse.apply(text);
            } catch (DateTimeException e) {
                throw invalid(property, "must be " + form + ": " + text);
            }
        });
    }

    Optional<List<String>> patterns(String property) {
        return texts(property, Section::pattern);
    }

    Optional<Set<Risk>> risks(String property, Set<Risk> possible) {
        return texts(property, (place, text) -> risk(place, text, possible)).map(EnumSet::copyOf);
    }

    /** Names of roles, each of which the policy must have. */
    Optional<Set<String>> roles(String property, Set<String> defined) {
        return texts(property, (place, text) -> role(place, text, defined)).map(Set::copyOf);
    }

    /** One of these words or several; all of them where it is left out. */
    <T> Set<T> words(String property, Map<String, T> words) {
        return texts(property, (place, text) -> word(place, text, words))
                .map(Set::copyOf)
                .orElseGet(() -> Set.copyOf(words.values()));
    }

    <T> T word(String property, Map<String, T> words) {
        return word(at(property), text(property), words);
    }

    Map<String, String> labels(String property) {
        Map<String, String> labels = new LinkedHashMap<>();
        get(property).ifPresent(value -> {
            if (!value.isObject() || value.isEmpty()) {
                throw invalid(property, "must be a mapping of label names to patterns, such as {stage: prod}");
            }
            value.properties().forEach(label -> {
                String where = at(property) + "." + label.getKey();
                labels.put(label.getKey(), pattern(where, scalar(where, label.getValue())));
            });
        });
        return Map.copyOf(labels);
    }

    Optional<Integer> integer(String property, int least, int most) {
        return get(property).map(value -> {
            if (!value.isInt() || value.intValue() < least || value.intValue() > most) {
                throw invalid(property, "must be a whole number from " + least + " to " + most);
            }
            return value.intValue();
        });
    }

    Optional<Boolean> flag(String property) {
        return get(property).map(value -> {
            if (!value.isBoolean()) {
                throw invalid(property, "must be true or false");
            }
            return value.booleanValue();
        });
    }

    /** Refuses every property that nobody asked for. */
    void end() {
        node.fieldNames().forEachRemaining(property -> {
            if (!known.contains(property)) {
                throw invalid(
                        property, "there is no such property; known are " + String.join(", ", new TreeSet<>(known)));
            }
        });
    }

    InvalidConfiguration missing(String property) {
        return invalid(property, "is missing");
    }

    InvalidConfiguration invalid(String property, String why) {
        return new InvalidConfiguration(at(property) + ": " + why);
    }

    private Optional<JsonNode> get(String property) {
        known.add(property);
        return Optional.ofNullable(node.get(property));
    }

    private <T> Optional<List<T>> texts(String property, Element<T> read) {
        return get(property).map(value -> {
            if (!value.isArray() || value.isEmpty()) {
                throw invalid(property, "must be a list that is not empty; leave it out where it does not matter");
            }
            List<T> all = new ArrayList<>();
            for (JsonNode element : value) {
                String where = at(property) + "[" + all.size() + "]";
                all.add(read.read(where, scalar(where, element)));
            }
            return List.copyOf(all);
        });
    }

    private String at(String property) {
        return place.isEmpty() ? property : place + "." + property;
    }

    private static String pattern(String place, String text) {
        if (!PATTERN.matcher(text).matches()) {
            throw new InvalidConfiguration(
                    place + ": must be a name, or the beginning of one with a * at its end: \"" + text + "\"");
        }
        return text;
    }

    private static String scalar(String place, JsonNode value) {
        if (!value.isTextual() && !value.isNumber()) {
            throw new InvalidConfiguration(place + ": must be a text");
        }
        return value.asText();
    }

    private static Risk risk(String place, String text, Set<Risk> possible) {
        return possible.stream()
                .filter(risk -> risk.name().equals(text))
                .findFirst()
                .orElseThrow(() -> new InvalidConfiguration(place + ": must be one of " + possible + ": " + text));
    }

    private static String role(String place, String text, Set<String> defined) {
        if (!defined.contains(text)) {
            throw new InvalidConfiguration(place + ": there is no role " + text);
        }
        return text;
    }

    private static <T> T word(String place, String text, Map<String, T> words) {
        return Optional.ofNullable(words.get(text))
                .orElseThrow(() -> new InvalidConfiguration(
                        place + ": must be one of " + String.join(", ", new TreeSet<>(words.keySet())) + ": " + text));
    }

    /** Makes one element of a list of its text. */
    private interface Element<T> {
        T read(String place, String text);
    }
}
