/** The whole system as its users see it: started by {@code ./run}, spoken to over HTTP, MCP and Kafka. */
@NullMarked
package io.infrabridge.system;

import org.jspecify.annotations.NullMarked;
