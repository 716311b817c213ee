/** Why a request is refused, as a value that both interfaces can say. */
@NullMarked
package io.infrabridge.gateway.problem;

import org.jspecify.annotations.NullMarked;
