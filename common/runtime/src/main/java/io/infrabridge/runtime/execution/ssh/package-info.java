/** Commands on other hosts over SSH; the only place that uses the SSH library. */
@NullMarked
package io.infrabridge.runtime.execution.ssh;

import org.jspecify.annotations.NullMarked;
