package io.infrabridge.audit.trail;

import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import org.jspecify.annotations.Nullable;

/**
 * Where in Kafka a record stood.
 *
 * @param chain the partition's identity, see {@link Chain#id}
 */
@Embeddable
public record Position(
        String chain,
        String topic,
        int partition,
        @Column(name = "record_offset") long offset,
        @Column(name = "record_key") @Nullable String key) {}
