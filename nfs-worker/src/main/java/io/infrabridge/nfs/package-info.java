/** NFS: mounts, their health, and exports. */
@NullMarked
package io.infrabridge.nfs;

import org.jspecify.annotations.NullMarked;
