package io.infrabridge.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.infrabridge.contract.Command;
import io.infrabridge.contract.Domain;
import io.infrabridge.contract.EventType;
import io.infrabridge.contract.State;
import io.infrabridge.contract.Topics;
import io.infrabridge.verifier.CheckpointKeys;
import io.infrabridge.verifier.VerifierMain;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Somebody with all rights on the database changes it; the service and the offline verifier both say where. */
@QuarkusTest
@QuarkusTestResource(AuditServers.class)
class EvidenceTest {
    private static final String COMMANDS = Topics.commands(Domain.of("nfs"));
    private static final List<String> TABLES = List.of("audit_records", "audit_checkpoints", "audit_chains");

    @TempDir
    Path folder;

    private final String host = "host-" + Samples.id();
    private List<Map<String, String>> rows = List.of();

    /** Five records of one chain, the last two behind another checkpoint than the first. */
    @BeforeEach
    void recordAndKeepACopy() throws Exception {
        send(3);
        long before = awaitSealed();
        send(2);
        Audit.until(this::newestCheckpoint, number -> number > before);
        awaitSealed();
        rows = AuditDatabase.rows("select number, chain, chain_sequence from audit_records where target = '" + host
                + "' order by number");
        assertThat(rows).hasSize(5).extracting(row -> row.get("chain")).containsOnly(chain());
        AuditDatabase.execute("drop schema if exists kept cascade; create schema kept");
        for (String table : TABLES) {
            AuditDatabase.execute("create table kept." + table + " as table " + table);
            AuditDatabase.execute("alter table " + table + " disable trigger user");
        }
    }

    @AfterEach
    void putEverythingBack() throws Exception {
        for (String table : List.of("audit_records", "audit_checkpoints")) {
            AuditDatabase.execute("truncate " + table + "; insert into " + table + " select * from kept." + table
                    + "; alter table " + table + " enable trigger user");
        }
        AuditDatabase.execute("update audit_chains c set last_sequence = k.last_sequence, head_hash = k.head_hash,"
                + " next_offset = k.next_offset from kept.audit_chains k where k.chain = c.chain;"
                + " delete from audit_chains where chain not in (select chain from kept.audit_chains)");
        verified();
    }

    @Test
    void verifiesWhatNobodyTouched() throws Exception {
        JsonPath verdict = verified();

        assertThat(verdict.getLong("records")).isGreaterThanOrEqualTo(5);
        assertThat(verdict.getString("first_problem")).isNull();
        Map<String, Object> own = verdict.<List<Map<String, Object>>>get("chains").stream()
                .filter(one -> one.get("chain").equals(chain()))
                .findFirst()
                .orElseThrow();
        assertThat(own)
                .containsEntry("from", 1)
                .containsEntry("to", sequence(4))
                .containsEntry("sealed", sequence(4));
        assertThat((String) own.get("head")).hasSize(64);
        assertThat(offline()).startsWith("0 ").contains("verified, ").doesNotContain("not sealed");
    }

    @Test
    void everyColumnOfARecordIsPartOfItsHash() throws Exception {
        AuditDatabase.execute("insert into audit_chains values ('bogus', 'bogus', 0, 0, 0)");
        for (Map.Entry<String, String> change : changes().entrySet()) {
            AuditDatabase.execute("update audit_records set " + change.getKey() + " = " + change.getValue()
                    + " where number = " + number(2));

            JsonPath verdict = verify();
            assertThat(verdict.getBoolean("verified")).as(change.getKey()).isFalse();
            assertThat(verdict.getString("first_problem.kind"))
                    .as(change.getKey())
                    .isIn("altered", "reordered", "missing");
            assertThat(verdict.<Map<String, Object>>get("first_problem"))
                    .as(change.getKey())
                    .containsEntry("chain", change.getKey().equals("chain") ? "bogus" : chain())
                    .containsEntry("sequence", sequence(2) + (change.getKey().equals("chain_sequence") ? 100_000 : 0));
            assertThat(offline())
                    .as(change.getKey())
                    .startsWith("1 ")
                    .contains(" sequence " + verdict.getInt("first_problem.sequence"));

            restore(2);
        }
    }

    @ParameterizedTest
    @CsvSource({"1, the middle", "4, the end"})
    void namesTheRecordThatWasDeleted(int index, String where) throws Exception {
        AuditDatabase.execute("delete from audit_records where number = " + number(index));

        expect("missing", sequence(index));
    }

    @Test
    void namesTheFirstRecordThatWasDeleted() throws Exception {
        AuditDatabase.execute("delete from audit_records where chain = '" + chain() + "' and chain_sequence = 1");

        expect("missing", 1);
    }

    @Test
    void namesTheEndThatWasCutOffThoughTheHeadWasSetBack() throws Exception {
        AuditDatabase.execute("delete from audit_records where number >= " + number(3) + " and chain = '" + chain()
                + "'; update audit_chains set last_sequence = " + sequence(2)
                + ", head_hash = (select hash from audit_records where number = " + number(2) + ") where chain = '"
                + chain() + "'");

        expect("missing", sequence(3));
    }

    @Test
    void namesTheRecordsThatWereSwapped() throws Exception {
        AuditDatabase.execute("update audit_records set chain_sequence = 1000000 where number = " + number(1)
                + "; update audit_records set chain_sequence = " + sequence(1) + " where number = " + number(2)
                + "; update audit_records set chain_sequence = " + sequence(2) + " where number = " + number(1));

        expect("reordered", sequence(1));
    }

    @Test
    void namesTheRecordThatWasInserted() throws Exception {
        AuditDatabase.execute("insert into audit_records select (jsonb_populate_record(r, jsonb_build_object("
                + "'number', nextval('audit_record_numbers'), 'event_key', gen_random_uuid(), 'chain_sequence', "
                + (sequence(4) + 1) + ", 'previous_hash', r.hash))).* from audit_records r where number = "
                + number(4));

        JsonPath verdict = verify();
        assertThat(verdict.getBoolean("verified")).isFalse();
        assertThat(verdict.getString("first_problem.chain")).isEqualTo(chain());
        assertThat(verdict.getInt("first_problem.sequence")).isEqualTo(sequence(4) + 1);
        assertThat(offline()).startsWith("1 ").contains(" sequence " + (sequence(4) + 1));
    }

    @Test
    void namesTheRecordWhoseHashWasRemoved() throws Exception {
        AuditDatabase.execute("update audit_records set hash = null, previous_hash = null where number = " + number(2));

        expect("missing", sequence(2));
    }

    @Test
    void namesACheckpointThatWasDeletedInTheMiddle() throws Exception {
        long last = newestCheckpoint();
        AuditDatabase.execute("delete from audit_checkpoints where number = " + (last - 1));

        expectCheckpoint("checkpoint_missing", last - 1);
    }

    /** An export cannot know of it; the topic does. */
    @Test
    void namesTheLastCheckpointThatWasDeletedBecauseItWasPublished() throws Exception {
        long last = newestCheckpoint();
        AuditDatabase.execute("delete from audit_checkpoints where number = " + last);

        JsonPath problem = verify().setRootPath("first_problem");
        assertThat(problem.getString("kind")).isEqualTo("checkpoint_missing");
        assertThat(problem.getLong("checkpoint")).isEqualTo(last);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "statement | replace(statement, 'record_number', 'record-number')",
                "signature | reverse(signature)",
                "number    | number + 1000",
            })
    void namesACheckpointThatWasForged(String column, String value) throws Exception {
        long last = newestCheckpoint();
        AuditDatabase.execute(
                "update audit_checkpoints set " + column + " = " + value + " where number = " + (last - 1));

        JsonPath problem = verify().setRootPath("first_problem");
        assertThat(problem.getString("kind")).startsWith("checkpoint_");
        assertThat(problem.getLong("checkpoint")).isEqualTo(last - 1);
        assertThat(offline()).startsWith("1 ").contains("checkpoint " + (last - 1));
    }

    @Test
    void verifiesAndExportsOneChainOrAPart() throws Exception {
        JsonPath one = verify("chain", chain());
        assertThat(one.getBoolean("verified")).isTrue();
        assertThat(one.getList("chains.chain")).containsExactly(chain());
        assertThat(offline("chain", chain())).startsWith("0 ");

        JsonPath part = verify("from", number(1), "to", number(3));
        assertThat(part.getBoolean("verified")).isTrue();
        assertThat(part.getLong("records")).isEqualTo(3);
        assertThat(offline("from", number(1), "to", number(3))).startsWith("0 ").contains("was not checked");

        AuditDatabase.execute("delete from audit_records where number = " + number(2));
        assertThat(verify("chain", chain()).getInt("first_problem.sequence")).isEqualTo(sequence(2));
        assertThat(verify("from", number(1), "to", number(3)).getInt("first_problem.sequence"))
                .isEqualTo(sequence(2));
        assertThat(verify("to", number(1)).getBoolean("verified")).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"verify,from,0", "verify,to,-1", "export,from,x", "export,limit,5", "verify,chain,' '"})
    void refusesAWrongParameter(String path, String name, String value) {
        Response response = Audit.get("/api/v1/audit/" + path, name, value);

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.jsonPath().getString("category")).isEqualTo("INVALID_REQUEST");
    }

    @Test
    void findsWhatWasDoneAsRootAndSaysWhy() {
        Command command = Samples.mount(Samples.id(), host);
        Sender.NFS_WORKER.send(
                Topics.RESULTS,
                EventType.RESULT,
                "result-" + command.id(),
                command.id(),
                Samples.mounted(command, State.FAILED));

        assertThat(Audit.awaitRecords(1, "target", host, "privileged", true).get(0))
                .containsEntry("privileged", true)
                .containsEntry("privilege", "mounting needs root")
                .containsEntry("state", "FAILED");
        assertThat(Audit.records("target", host, "privileged", false)).hasSize(5);
        awaitSealed();
        // so that it is in the copy that is put back
        try {
            AuditDatabase.execute("drop schema kept cascade; create schema kept");
            for (String table : TABLES) {
                AuditDatabase.execute("create table kept." + table + " as table " + table);
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Map<String, String> changes() throws SQLException {
        Map<String, String> changes = new TreeMap<>();
        for (Map<String, String> column : AuditDatabase.rows(
                "select column_name, data_type from information_schema.columns where table_name = 'audit_records'"
                        + " and table_schema = 'public'")) {
            String name = column.get("column_name");
            changes.put(
                    name,
                    switch (column.get("data_type")) {
                        case "bigint" -> name + " + 100000";
                        case "integer" -> name + " + 1";
                        case "text" -> name.equals("chain") ? "'bogus'" : "coalesce(" + name + ", '') || 'x'";
                        case "uuid" -> "gen_random_uuid()";
                        case "boolean" -> "not coalesce(" + name + ", false)";
                        case "timestamp with time zone" -> name + " + interval '1 microsecond'";
                        case "bytea" -> "set_byte(" + name + ", 1, (get_byte(" + name + ", 1) + 1) % 256)";
                        case "ARRAY" -> "array_append(" + name + ", 'x')";
                        default -> throw new IllegalStateException("a column of another type: " + column);
                    });
        }
        return changes;
    }

    private void restore(int index) throws SQLException {
        AuditDatabase.execute("delete from audit_records where event_key = (select event_key from kept.audit_records"
                + " where number = " + number(index) + ") or number = " + number(index) + " or number = "
                + number(index)
                + " + 100000; insert into audit_records select * from kept.audit_records where number = "
                + number(index));
    }

    private void expect(String kind, int sequence) throws Exception {
        JsonPath verdict = verify();
        assertThat(verdict.getBoolean("verified")).isFalse();
        assertThat(verdict.<Map<String, Object>>get("first_problem"))
                .containsEntry("kind", kind)
                .containsEntry("chain", chain())
                .containsEntry("sequence", sequence);
        assertThat(offline())
                .startsWith("1 ")
                .contains(kind)
                .contains(" of chain " + chain() + " sequence " + sequence);
    }

    private void expectCheckpoint(String kind, long number) throws Exception {
        JsonPath problem = verify().setRootPath("first_problem");
        assertThat(problem.getString("kind")).isEqualTo(kind);
        assertThat(problem.getLong("checkpoint")).isEqualTo(number);
        assertThat(offline()).startsWith("1 ").contains(kind).contains("checkpoint " + number);
    }

    private static JsonPath verified() {
        JsonPath verdict = verify();
        assertThat(verdict.getBoolean("verified")).as(verdict.prettify()).isTrue();
        return verdict;
    }

    private static JsonPath verify(Object... parameters) {
        Response response = Audit.get("/api/v1/audit/verify", parameters);
        assertThat(response.statusCode()).as(response.asString()).isEqualTo(200);
        return response.jsonPath();
    }

    /** The exit status of the offline verifier on an export, and what it says. */
    private String offline(Object... parameters) throws Exception {
        Response response = Audit.get("/api/v1/audit/export", parameters);
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.contentType()).startsWith("application/x-ndjson");
        Path export = Files.write(folder.resolve("export.ndjson"), response.asByteArray());
        Path key =
                Files.writeString(folder.resolve("checkpoint.pub"), CheckpointKeys.toPem(Sender.AUDIT_KEY.publicKey()));
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        PrintStream both = new PrintStream(said, true, StandardCharsets.UTF_8);
        int status = VerifierMain.run(new String[] {"verify", export.toString(), key.toString()}, both, both);
        return status + " " + said.toString(StandardCharsets.UTF_8);
    }

    private void send(int count) {
        int before = Audit.records("target", host).size();
        for (int i = 0; i < count; i++) {
            Command command = Samples.mount(Samples.id(), host);
            Sender.GATEWAY.send(COMMANDS, EventType.COMMAND, command.id(), host, command);
        }
        Audit.awaitRecords(before + count, "target", host);
    }

    /** A checkpoint testifies of everything that is recorded. */
    private long awaitSealed() {
        Audit.until(
                () -> number("select coalesce((select max(record_number) from audit_checkpoints), 0)"
                        + " - (select max(number) from audit_records)"),
                difference -> difference == 0);
        // once it can be verified against the topic, it is there too
        verified();
        return newestCheckpoint();
    }

    private long newestCheckpoint() {
        return number("select coalesce(max(number), 0) from audit_checkpoints");
    }

    private static long number(String sql) {
        try {
            return Long.parseLong(
                    AuditDatabase.rows(sql).get(0).values().iterator().next());
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private long number(int index) {
        return Long.parseLong(rows.get(index).get("number"));
    }

    private int sequence(int index) {
        return Integer.parseInt(rows.get(index).get("chain_sequence"));
    }

    private String chain() {
        return rows.get(0).get("chain");
    }
}
