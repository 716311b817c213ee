package io.infrabridge.verifier;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.infrabridge.contract.AuditCheckpoint.Head;
import io.infrabridge.contract.InvalidContract;
import io.infrabridge.contract.Json;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One line of an export: a JSON object whose {@code line} says what it is. */
public sealed interface ExportLine {
    /** What the first line of an export of this form calls itself. */
    String FORMAT = "infra-audit-export-v1";

    /** The text of the line, without its end. */
    String text();

    /** Lets the check see what the line says. */
    void applyTo(ChainCheck check);

    /** Reads a line; {@link InvalidContract} says what is wrong with one that is none. */
    static ExportLine read(String text) {
        JsonNode line = Json.parse(text);
        String kind = line.path("line").asText();
        return switch (kind) {
            case "header" -> Json.convert(line, Header.class);
            case "record" -> Record.of(line);
            case "checkpoint" -> Json.convert(line, Checkpoint.class);
            case "end" -> Json.convert(line, End.class);
            default -> throw new InvalidContract("line", "is not known: " + kind);
        };
    }

    /** The first line: what was asked for. */
    record Header(String format, Optional<String> chain, boolean fromStart, boolean toEnd, Instant at)
            implements ExportLine {
        public Header {
            if (!FORMAT.equals(format)) {
                throw new InvalidContract("format", "must be " + FORMAT);
            }
        }

        public static Header of(Scope scope, Instant at) {
            return new Header(FORMAT, scope.chain(), scope.fromStart(), scope.toEnd(), at);
        }

        public Scope scope() {
            return new Scope(chain, fromStart, toEnd);
        }

        @Override
        public void applyTo(ChainCheck check) {
            // it was said when the check began
        }

        @Override
        public String text() {
            return labelled("header", this);
        }
    }

    /** A record with all its columns. */
    record Record(ChainRecord record) implements ExportLine {
        private static Record of(JsonNode line) {
            Map<String, String> columns = new LinkedHashMap<>();
            line.properties().forEach(property -> {
                if (!property.getValue().isTextual()) {
                    throw new InvalidContract(property.getKey(), "is not a text");
                }
                columns.put(property.getKey(), property.getValue().textValue());
            });
            columns.remove("line");
            String previous = String.valueOf(columns.remove("previous_hash"));
            String hash = String.valueOf(columns.remove("hash"));
            return new Record(ChainRecord.of(columns, previous, hash));
        }

        @Override
        public void applyTo(ChainCheck check) {
            check.record(record);
        }

        @Override
        public String text() {
            ObjectNode line = Json.object().put("line", "record");
            RecordHash.COLUMNS.stream()
                    .filter(record.columns()::containsKey)
                    .forEach(name -> line.put(name, record.columns().get(name)));
            return Json.text(line.put("previous_hash", record.previous()).put("hash", record.hash()));
        }
    }

    /** A checkpoint, right behind the last record that it testifies of. */
    record Checkpoint(long number, String statement, String keyId, String signature) implements ExportLine {
        public static Checkpoint of(SignedCheckpoint signed) {
            return new Checkpoint(signed.number(), signed.statement(), signed.keyId(), signed.signature());
        }

        public Checkpoint {
            if (statement == null || signature == null) {
                throw new InvalidContract("checkpoint", "has no statement or no signature");
            }
        }

        @Override
        public void applyTo(ChainCheck check) {
            check.checkpoint(new SignedCheckpoint(number, statement, keyId, signature));
        }

        @Override
        public String text() {
            return labelled("checkpoint", this);
        }
    }

    /** The last line: where the one who wrote the trail believed every chain to end. */
    record End(List<Head> heads) implements ExportLine {
        public End {
            if (heads == null) {
                throw new InvalidContract("heads", "is missing");
            }
            heads = List.copyOf(heads);
        }

        @Override
        public void applyTo(ChainCheck check) {
            check.end(heads);
        }

        @Override
        public String text() {
            return labelled("end", this);
        }
    }

    private static String labelled(String kind, Object content) {
        ObjectNode line = Json.object().put("line", kind);
        line.setAll((ObjectNode) Json.tree(content));
        return Json.text(line);
    }
}
