/** How often things may be done: what each owner counts for its targets, and what all workers count together. */
@NullMarked
package io.infrabridge.runtime.allowance;

import org.jspecify.annotations.NullMarked;
