/** Network storage: volumes and their snapshots. */
@NullMarked
package io.infrabridge.nas;

import org.jspecify.annotations.NullMarked;
