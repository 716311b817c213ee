package io.infrabridge.audit.trail;

import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Row;
import java.util.Optional;

/** How far one partition is recorded; its row is locked and moved by the transaction that stores the records. */
final class Chain {
    final String id;
    final String topic;
    final int partition;
    long nextOffset;
    long lastSequence;
    /** Of its last record; nothing before the first one that was hashed. */
    Optional<String> headHash = Optional.empty();

    Chain(String id, String topic, int partition) {
        this.id = id;
        this.topic = topic;
        this.partition = partition;
    }

    static Chain of(Row row) {
        Chain chain = new Chain(row.getString("chain"), row.getString("topic"), row.getInteger("partition"));
        chain.nextOffset = row.getLong("next_offset");
        chain.lastSequence = row.getLong("last_sequence");
        chain.headHash = Hashes.optional((Buffer) row.getValue("head_hash"));
        return chain;
    }

    /** A topic that was deleted and made again has another id: its offsets mean something else. */
    static String id(String topic, int partition, String topicId) {
        return topic + "/" + partition + "@" + topicId;
    }
}
