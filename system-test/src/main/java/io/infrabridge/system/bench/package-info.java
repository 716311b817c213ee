/** Measures the running system against the bare ways of doing the same, in one run on one machine. */
@NullMarked
package io.infrabridge.system.bench;

import org.jspecify.annotations.NullMarked;
