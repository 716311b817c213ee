/** The whole service against a real Kafka and a real PostgreSQL. */
@NullMarked
package io.infrabridge.audit;

import org.jspecify.annotations.NullMarked;
