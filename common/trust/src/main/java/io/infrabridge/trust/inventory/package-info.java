/** The hosts and clusters that exist for Infrabridge; whatever is not listed is refused. */
@NullMarked
package io.infrabridge.trust.inventory;

import org.jspecify.annotations.NullMarked;
