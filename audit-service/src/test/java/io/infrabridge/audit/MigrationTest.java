package io.infrabridge.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.infrabridge.local.EmbeddedDatabase;
import java.sql.SQLException;
import java.util.Map;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;

class MigrationTest {
    private static final String SCHEMA = "older";

    @Test
    void recordsFromBeforeThereWereChainsStayAsTheyAreAndAreNotHashedAfterwards() throws Exception {
        EmbeddedDatabase database = AuditDatabase.running();
        migrate(database, "1");
        AuditDatabase.execute("set search_path to " + SCHEMA
                + "; insert into audit_chains values ('infra.results/0@x', 'infra.results', 0, 1, 1);"
                + " insert into audit_records (number, event_key, chain, chain_sequence, topic, partition, record_offset,"
                + " type, event_time, recorded_at, headers, value, value_size, payload) values (1, gen_random_uuid(),"
                + " 'infra.results/0@x', 1, 'infra.results', 0, 0, 'x', now(), now(), '{\"ce_id\": \"1\"}',"
                + " '{\"id\": \"1\"}', 11, '{\"id\": \"1\"}')");

        migrate(database, "latest");

        Map<String, String> record = AuditDatabase.rows("select r.*, " + SCHEMA + ".audit_payload(value)->>'id' as said"
                        + " from " + SCHEMA + ".audit_records r")
                .get(0);
        assertThat(record)
                .containsEntry("headers", "{\"ce_id\": \"1\"}")
                .containsEntry("said", "1")
                .containsEntry("hash", "null")
                .containsEntry("previous_hash", "null");
        assertThat(AuditDatabase.rows("select head_hash from " + SCHEMA + ".audit_chains")
                        .get(0))
                .containsEntry("head_hash", "null");
        assertThatThrownBy(() -> AuditDatabase.execute("update " + SCHEMA + ".audit_records set hash = '\\x00'"))
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("never changed");
    }

    private static void migrate(EmbeddedDatabase database, String target) {
        Flyway.configure()
                .dataSource(database.jdbcUrl(), database.username(), database.password())
                .schemas(SCHEMA)
                .target(target)
                .load()
                .migrate();
    }
}
