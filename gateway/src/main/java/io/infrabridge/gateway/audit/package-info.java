/** The audit service as seen from here: the memory of what this replica has forgotten. */
@NullMarked
package io.infrabridge.gateway.audit;

import org.jspecify.annotations.NullMarked;
