/** From a request to a signed command, and from its result back to the caller. */
@NullMarked
package io.infrabridge.gateway.command;

import org.jspecify.annotations.NullMarked;
