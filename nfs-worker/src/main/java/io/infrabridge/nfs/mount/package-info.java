/** NFS mounts of a host. */
@NullMarked
package io.infrabridge.nfs.mount;

import org.jspecify.annotations.NullMarked;
