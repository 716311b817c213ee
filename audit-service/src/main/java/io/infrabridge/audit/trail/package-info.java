/** From Kafka into PostgreSQL: every event once, in order, with the proof of who sent it; and the queries over it. */
@NullMarked
package io.infrabridge.audit.trail;

import org.jspecify.annotations.NullMarked;
