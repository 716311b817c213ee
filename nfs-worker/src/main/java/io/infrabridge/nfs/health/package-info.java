/** Whether an NFS mount answers, and how fast. */
@NullMarked
package io.infrabridge.nfs.health;

import org.jspecify.annotations.NullMarked;
