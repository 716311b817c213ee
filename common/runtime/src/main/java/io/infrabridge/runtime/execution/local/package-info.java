/** Processes on this machine; the only place that starts any. */
@NullMarked
package io.infrabridge.runtime.execution.local;

import org.jspecify.annotations.NullMarked;
