/** Values that reach an argument vector; each accepts only what cannot be read as anything else. */
@NullMarked
package io.infrabridge.runtime.value;

import org.jspecify.annotations.NullMarked;
