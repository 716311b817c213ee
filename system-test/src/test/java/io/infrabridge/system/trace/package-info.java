/** A receiver of traces. */
@NullMarked
package io.infrabridge.system.trace;

import org.jspecify.annotations.NullMarked;
