package io.infrabridge.audit.trail;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

/** How far one partition is recorded; its row is locked and moved by the transaction that stores the records. */
@Entity
@Table(name = "audit_chains")
public class Chain {
    @Id
    public String chain;

    public String topic;
    public int partition;
    public long nextOffset;
    public long lastSequence;

    /** For Hibernate. */
    @SuppressWarnings("NullAway.Init")
    protected Chain() {}

    Chain(String id, String topic, int partition) {
        this.chain = id;
        this.topic = topic;
        this.partition = partition;
    }

    /** A topic that was deleted and made again has another id: its offsets mean something else. */
    static String id(String topic, int partition, String topicId) {
        return topic + "/" + partition + "@" + topicId;
    }
}
