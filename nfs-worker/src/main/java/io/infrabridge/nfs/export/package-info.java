/** The operations on exports, which this worker offers. */
@NullMarked
package io.infrabridge.nfs.export;

import org.jspecify.annotations.NullMarked;
