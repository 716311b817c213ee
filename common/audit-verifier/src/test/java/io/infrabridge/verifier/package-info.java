/** A trail in memory, spoiled in every way that is known. */
@NullMarked
package io.infrabridge.verifier;

import org.jspecify.annotations.NullMarked;
