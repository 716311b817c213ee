/** Volumes and the pools that they lie in, whatever keeps them. */
@NullMarked
package io.infrabridge.nas.volume;

import org.jspecify.annotations.NullMarked;
