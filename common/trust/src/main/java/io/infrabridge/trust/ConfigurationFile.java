package io.infrabridge.trust;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Reads one YAML file into a record that validates itself; unknown and repeated keys are errors, so that typos do not
 * pass, and so is a second document. */
public final class ConfigurationFile {
    private static final ObjectMapper YAML = YAMLMapper.builder()
            .addModule(new Jdk8Module())
            .addModule(new JavaTimeModule())
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private ConfigurationFile() {}

    /** Throws {@link InvalidConfiguration}, which names the file and the place, for anything that is not a valid one. */
    public static <T> T read(Path file, Class<T> type) {
        try {
            T value = YAML.readValue(readText(file), type);
            if (value == null) {
                throw new InvalidConfiguration(file + " is empty");
            }
            return value;
        } catch (JsonProcessingException e) {
            throw new InvalidConfiguration(file + ", " + reason(e), e);
        }
    }

    public static String readText(Path file) {
        try {
            return Files.readString(file);
        } catch (NoSuchFileException e) {
            throw new InvalidConfiguration(file + " does not exist", e);
        } catch (IOException e) {
            throw new InvalidConfiguration(file + " cannot be read: " + e.getMessage(), e);
        }
    }

    private static String reason(JsonProcessingException e) {
        String why =
                e.getCause() instanceof IllegalArgumentException cause ? cause.getMessage() : e.getOriginalMessage();
        return e.getLocation() == null
                ? String.valueOf(why)
                : "line " + e.getLocation().getLineNr() + ": " + why;
    }

    /** A YAML text as a tree; throws {@link InvalidConfiguration} where it is none. */
    public static JsonNode parse(String text) {
        try {
            return YAML.readTree(text);
        } catch (JsonProcessingException e) {
            throw new InvalidConfiguration(reason(e), e);
        }
    }

    public static void write(Path file, Object value) throws IOException {
        Files.writeString(file, text(value));
    }

    /** The value as YAML, for files that are not written like others. */
    public static String text(Object value) throws IOException {
        return YAML.writeValueAsString(value);
    }
}
