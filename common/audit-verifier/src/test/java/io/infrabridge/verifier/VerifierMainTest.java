package io.infrabridge.verifier;

import static org.assertj.core.api.Assertions.assertThat;

import io.infrabridge.trust.signature.SigningKey;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VerifierMainTest {
    @TempDir
    Path folder;

    private final TrailOf trail = TrailOf.two();
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    private Path export;
    private Path key;

    @BeforeEach
    void write() throws IOException {
        export = folder.resolve("export.ndjson");
        key = folder.resolve("checkpoint.pub");
        Files.writeString(key, CheckpointKeys.toPem(TrailOf.KEY.publicKey()));
        Files.write(export, trail.export());
    }

    @Test
    void endsWithZeroWhenAllIsWhole() {
        assertThat(run()).isZero();
        assertThat(out.toString(StandardCharsets.UTF_8))
                .contains("verified, 12 records and 2 checkpoints checked")
                .contains("a: sequences 1 to 6, sealed to 6 by checkpoint 2");
        assertThat(err.size()).isZero();
    }

    @Test
    void believesTheKeysThatWereThereBefore() throws IOException {
        String other = CheckpointKeys.toPem(SigningKey.generate("audit-service").publicKey());
        Files.writeString(key, other + Files.readString(key));

        assertThat(run()).isZero();
    }

    @Test
    void namesTheRecordAndEndsWithOne() throws IOException {
        trail.alter(7, false);
        Files.write(export, trail.export());

        assertThat(run()).isEqualTo(1);
        assertThat(out.toString(StandardCharsets.UTF_8))
                .contains("NOT VERIFIED")
                .contains("altered record 7 of chain a sequence 4: its columns do not give its hash");
    }

    @Test
    void namesTheCheckpointAndEndsWithOne() throws IOException {
        trail.lines.remove(6);
        Files.write(export, trail.export());

        assertThat(run()).isEqualTo(1);
        assertThat(out.toString(StandardCharsets.UTF_8)).contains("checkpoint_missing, checkpoint 1:");
    }

    @Test
    void saysOfAPartWhatWasNotChecked() throws IOException {
        trail.lines.subList(0, 7).clear();
        trail.lines.remove(6);
        List<String> part = trail.export();
        part.set(
                0,
                ExportLine.Header.of(new Scope(Optional.empty(), false, true), Instant.EPOCH)
                        .text());
        Files.write(export, part);

        assertThat(run()).isZero();
        assertThat(out.toString(StandardCharsets.UTF_8))
                .contains("what is before them was not checked")
                .contains("not sealed by a checkpoint");
    }

    @Test
    void oneByteAnywhereInTheExportIsSeen() throws IOException {
        byte[] whole = Files.readAllBytes(export);
        List<Integer> unseen = new ArrayList<>();
        for (int i = 0; i < whole.length; i += 7) {
            byte[] spoiled = whole.clone();
            spoiled[i] = (byte) (spoiled[i] == 'x' ? 'y' : 'x');
            Files.write(export, spoiled);
            if (run() == 0) {
                unseen.add(i);
            }
        }
        String text = new String(whole, StandardCharsets.UTF_8);
        assertThat(unseen).allMatch(i -> provesNothing(text, i));
    }

    /** What an export says of itself, the name of a key, and the bits of a signature's last digit that base64 has no use for. */
    private static boolean provesNothing(String text, int i) {
        String keyId = "\"key_id\":\"audit-service\"";
        int named = text.lastIndexOf(keyId, i);
        return i < text.indexOf('\n') || named >= 0 && i < named + keyId.length() || text.startsWith("==", i + 1);
    }

    @Test
    void namesALineThatCannotBeRead() throws IOException {
        spoil(5, "{\"line\":\"record\"");
        spoil(5, "{\"line\":\"record\",\"chain\":7}");
        spoil(5, "{\"line\":\"picture\"}");
        spoil(5, "{\"line\":\"checkpoint\",\"number\":1}");
        spoil(5, "{\"line\":\"checkpoint\",\"number\":1,\"statement\":\"{}\"}");
        spoil(5, trail.export().get(0));
        spoil(5, trail.export().get(5).replace("\"value\"", "\"colour\""));
    }

    @Test
    void namesAnUnreadableLineBehindAGapByTheGap() throws IOException {
        List<String> lines = trail.export();
        lines.set(10, "{");
        lines.remove(5);
        Files.write(export, lines);

        assertThat(run()).isEqualTo(1);
        assertThat(out.toString(StandardCharsets.UTF_8)).contains("missing of chain a sequence 3");
    }

    @Test
    void namesWhatStandsBehindTheEnd() throws IOException {
        List<String> lines = trail.export();
        lines.add(lines.get(1));
        Files.write(export, lines);

        assertThat(run()).isEqualTo(1);
        assertThat(out.toString(StandardCharsets.UTF_8)).contains("line 17 stands behind the end");
    }

    @Test
    void endsWithTwoAndOneLineWhenItCannotBeTold() throws IOException {
        unusable("cut off", () -> Files.write(export, trail.export().subList(0, 9)));
        unusable("is empty", () -> Files.writeString(export, ""));
        unusable(
                "does not begin with its header",
                () -> Files.write(export, trail.export().subList(1, 9)));
        unusable("is not an export", () -> Files.writeString(export, "hello\n"));
        unusable("infra-audit-export-v1", () -> Files.writeString(export, "{\"line\":\"header\",\"format\":\"v9\"}"));
        unusable("not text in UTF-8", () -> Files.write(export, new byte[] {'{', (byte) 0xff, '\n'}));
        unusable("cannot verify", () -> {
            Files.delete(export);
            Files.createDirectory(export);
        });
        unusable("there is no file", () -> Files.delete(export));
        Files.write(export, trail.export());
        unusable("no PEM public key", () -> Files.writeString(key, "none"));
        unusable("not an Ed25519 public key", () -> Files.writeString(key, CheckpointKeys.toPem("AAAA")));
        unusable("not an Ed25519 public key", () -> Files.writeString(key, CheckpointKeys.toPem("A")));
        unusable("there is no file", () -> Files.delete(key));
    }

    @Test
    void saysHowItIsUsed() {
        for (String[] wrong : new String[][] {{}, {"check", "a", "b"}}) {
            assertThat(VerifierMain.run(
                            wrong, new PrintStream(out), new PrintStream(err, true, StandardCharsets.UTF_8)))
                    .isEqualTo(2);
            assertThat(err.toString(StandardCharsets.UTF_8)).startsWith("usage: ");
        }
    }

    @Test
    void aLineWithoutEndDoesNotFillTheMemory() {
        String endless = trail.export().get(0) + "\n" + "x".repeat(1000);
        Assertions.assertThatThrownBy(
                        () -> new ExportCheck(TrailOf.KEYS, 500).of(new BufferedReader(new StringReader(endless))))
                .hasMessageContaining("longer than 500");
    }

    private void spoil(int line, String text) throws IOException {
        List<String> lines = trail.export();
        lines.set(line, text);
        Files.write(export, lines);
        out.reset();

        assertThat(run()).as(text).isEqualTo(1);
        assertThat(out.toString(StandardCharsets.UTF_8)).contains("altered: line 6 ");
    }

    private void unusable(String why, Spoiling spoiling) throws IOException {
        spoiling.run();
        err.reset();

        assertThat(run()).as(why).isEqualTo(2);
        assertThat(err.toString(StandardCharsets.UTF_8).lines())
                .hasSize(1)
                .first()
                .asString()
                .contains(why);
    }

    private int run() {
        return VerifierMain.run(
                new String[] {"verify", export.toString(), key.toString()},
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8));
    }

    /** Makes something unusable. */
    private interface Spoiling {
        void run() throws IOException;
    }
}
