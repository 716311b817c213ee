/** Who may do what to which target; default deny. */
@NullMarked
package io.infrabridge.trust.policy;

import org.jspecify.annotations.NullMarked;
