/** Snapshots of volumes. */
@NullMarked
package io.infrabridge.nas.snapshot;

import org.jspecify.annotations.NullMarked;
