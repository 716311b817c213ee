package io.infrabridge.verifier;

import io.infrabridge.contract.AuditCheckpoint;
import io.infrabridge.contract.AuditCheckpoint.Head;
import io.infrabridge.contract.Json;
import io.infrabridge.contract.Topics;
import io.infrabridge.trust.signature.SigningKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A trail as the audit service writes it, to be spoiled by a test. */
final class TrailOf {
    static final SigningKey KEY = SigningKey.generate("audit-service");
    static final CheckpointKeys KEYS = CheckpointKeys.pem(CheckpointKeys.toPem(KEY.publicKey()));

    final List<ExportLine> lines = new ArrayList<>();
    final Map<String, Head> heads = new TreeMap<>();
    private long number;
    private Optional<SignedCheckpoint> last = Optional.empty();

    /** Two chains of six records by turns, a checkpoint behind each third pair. */
    static TrailOf two() {
        TrailOf trail = new TrailOf();
        for (int i = 1; i <= 6; i++) {
            trail.record("a");
            trail.record("b");
            if (i % 3 == 0) {
                trail.checkpoint();
            }
        }
        return trail;
    }

    TrailOf record(String chain) {
        Head head = heads.get(chain);
        long sequence = head == null ? 1 : head.sequence() + 1;
        return add(chain, sequence, head == null ? RecordHash.genesis(chain, sequence) : head.hash());
    }

    TrailOf add(String chain, long sequence, String previous) {
        ChainRecord record = sealed(columns(++number, chain, sequence, "what happened"), previous);
        lines.add(new ExportLine.Record(record));
        heads.put(chain, new Head(chain, sequence, record.hash()));
        return this;
    }

    TrailOf checkpoint() {
        SignedCheckpoint signed = sign(new AuditCheckpoint(
                last.map(SignedCheckpoint::number).orElse(0L) + 1,
                last.map(SignedCheckpoint::hash).orElse(AuditCheckpoint.NONE),
                Instant.EPOCH,
                number,
                List.copyOf(heads.values())));
        last = Optional.of(signed);
        lines.add(ExportLine.Checkpoint.of(signed));
        return this;
    }

    static SignedCheckpoint sign(AuditCheckpoint checkpoint) {
        byte[] statement = Json.bytes(checkpoint);
        return new SignedCheckpoint(
                checkpoint.number(), Json.text(checkpoint), KEY.id(), KEY.sign(Topics.AUDIT_CHECKPOINTS, statement));
    }

    static ChainRecord sealed(Map<String, String> columns, String previous) {
        return ChainRecord.of(columns, previous, RecordHash.of(previous, columns));
    }

    static Map<String, String> columns(long number, String chain, long sequence, String value) {
        return Map.of(
                "number", "" + number, "chain", chain, "chain_sequence", "" + sequence, "type", "x", "value", value);
    }

    ChainRecord at(int line) {
        return ((ExportLine.Record) lines.get(line)).record();
    }

    SignedCheckpoint checkpointAt(int line) {
        ExportLine.Checkpoint read = (ExportLine.Checkpoint) lines.get(line);
        return new SignedCheckpoint(read.number(), read.statement(), read.keyId(), read.signature());
    }

    /** The record there says something else and, where wanted, is hashed anew. */
    void alter(int line, boolean rehash) {
        ChainRecord old = at(line);
        Map<String, String> columns = columns(old.number(), old.chain(), old.sequence(), "something else");
        lines.set(
                line,
                new ExportLine.Record(
                        rehash
                                ? sealed(columns, old.previous())
                                : ChainRecord.of(columns, old.previous(), old.hash())));
    }

    Verdict check() {
        return check(Scope.everything());
    }

    Verdict check(Scope scope) {
        ChainCheck check = new ChainCheck(scope, KEYS);
        lines.forEach(line -> line.applyTo(check));
        check.end(List.copyOf(heads.values()));
        return check.verdict();
    }

    List<String> export() {
        List<String> export = new ArrayList<>();
        export.add(ExportLine.Header.of(Scope.everything(), Instant.EPOCH).text());
        lines.forEach(line -> export.add(line.text()));
        export.add(new ExportLine.End(List.copyOf(heads.values())).text());
        return export;
    }
}
