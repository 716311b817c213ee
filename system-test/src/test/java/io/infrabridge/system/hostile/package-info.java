/** Hostile input on every way into the system, and the host that tells what came of it. */
@NullMarked
package io.infrabridge.system.hostile;

import org.jspecify.annotations.NullMarked;
