/** What the policy allows the callers of this gateway, for them to see; the workers decide by the same code again. */
@NullMarked
package io.infrabridge.gateway.policy;

import org.jspecify.annotations.NullMarked;
