/** What crosses Kafka and the public interface: self-validating records, topics and the CloudEvents envelope. */
@NullMarked
package io.infrabridge.contract;

import org.jspecify.annotations.NullMarked;
