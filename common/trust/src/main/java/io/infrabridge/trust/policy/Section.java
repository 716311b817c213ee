package io.infrabridge.trust.policy;

import com.fasterxml.jackson.databind.JsonNode;
import io.infrabridge.contract.Risk;
import io.infrabridge.trust.InvalidConfiguration;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

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
            throw new InvalidConfiguration(place + ": must be a mapping of properties");
        }
    }

    /** The rules of a list, none where it is left out; two of one name are refused. */
    <T> List<T> list(String property, Function<Section, T> read, Function<T, String> name) {
        List<T> all = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (Section section : sections(property)) {
            T one = read.apply(section);
            section.end();
            if (!names.add(name.apply(one))) {
                throw section.invalid("name", "there are two of the name " + name.apply(one));
            }
            all.add(one);
        }
        return List.copyOf(all);
    }

    List<Section> sections(String property) {
        return get(property).map(value -> elements(property, value)).orElseGet(List::of);
    }

    private List<Section> elements(String property, JsonNode value) {
        if (!value.isArray()) {
            throw invalid(property, "must be a list");
        }
        List<Section> all = new ArrayList<>();
        for (JsonNode element : value) {
            all.add(new Section(at(property) + "[" + all.size() + "]", element));
        }
        return all;
    }

    String name() {
        String name = text("name");
        if (!NAME.matcher(name).matches()) {
            throw invalid("name", "must be lower case letters, digits, - and _, such as month-end: " + name);
        }
        return name;
    }

    String text(String property) {
        return get(property)
                .map(value -> scalar(at(property), value))
                .orElseThrow(() -> invalid(property, "is missing"));
    }

    Optional<List<String>> patterns(String property) {
        return texts(property, this::pattern);
    }

    Optional<Set<Risk>> risks(String property, Set<Risk> possible) {
        return texts(property, (place, text) -> risk(place, text, possible))
                .map(risks -> risks.isEmpty() ? Set.<Risk>of() : EnumSet.copyOf(risks));
    }

    /** Names of roles, each of which the policy must have. */
    Optional<Set<String>> roles(String property, Set<String> defined) {
        return texts(property, (place, text) -> role(place, text, defined)).map(Set::copyOf);
    }

    Map<String, String> labels(String property) {
        Map<String, String> labels = new LinkedHashMap<>();
        get(property).ifPresent(value -> {
            if (!value.isObject() || value.isEmpty()) {
                throw invalid(property, "must be a mapping of label names to patterns, such as {stage: prod}");
            }
            value.properties()
                    .forEach(label -> labels.put(
                            label.getKey(),
                            pattern(at(property) + "." + label.getKey(), scalar(at(property), label.getValue()))));
        });
        return Map.copyOf(labels);
    }

    int integer(String property, int least, int most, int otherwise) {
        return get(property)
                .map(value -> {
                    if (!value.isInt() || value.intValue() < least || value.intValue() > most) {
                        throw invalid(property, "must be a whole number from " + least + " to " + most);
                    }
                    return value.intValue();
                })
                .orElse(otherwise);
    }

    boolean flag(String property, boolean otherwise) {
        return get(property)
                .map(value -> {
                    if (!value.isBoolean()) {
                        throw invalid(property, "must be true or false");
                    }
                    return value.booleanValue();
                })
                .orElse(otherwise);
    }

    Duration duration(String property, Duration least, Duration most, Duration otherwise) {
        return get(property)
                .map(value -> {
                    Duration duration = duration(scalar(at(property), value));
                    if (duration == null || duration.compareTo(least) < 0 || duration.compareTo(most) > 0) {
                        throw invalid(
                                property,
                                "must be an ISO-8601 duration from " + least + " to " + most + ", such as PT1H");
                    }
                    return duration;
                })
                .orElse(otherwise);
    }

    /** Refuses every property that nobody asked for. */
    void end() {
        node.fieldNames().forEachRemaining(property -> {
            if (!known.contains(property)) {
                throw invalid(
                        property,
                        "there is no such property; known are " + String.join(", ", new java.util.TreeSet<>(known)));
            }
        });
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
                String place = at(property) + "[" + all.size() + "]";
                all.add(read.read(place, scalar(place, element)));
            }
            return List.copyOf(all);
        });
    }

    private String at(String property) {
        return place.isEmpty() ? property : place + "." + property;
    }

    private String pattern(String place, String text) {
        if (!PATTERN.matcher(text).matches()) {
            throw new InvalidConfiguration(
                    place + ": must be a name, or the beginning of one and a * at its end: \"" + text + "\"");
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

    private static @Nullable Duration duration(String text) {
        try {
            return Duration.parse(text);
        } catch (DateTimeParseException e) {
            return null;
        }
    }

    /** Makes one element of a list of its text. */
    private interface Element<T> {
        T read(String place, String text);
    }
}
