/** An SSH server in the test's own process that really runs commands. */
@NullMarked
package io.infrabridge.testkit.ssh;

import org.jspecify.annotations.NullMarked;
