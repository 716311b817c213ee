/** NFS exports: their grammar, and operations on them. */
@NullMarked
package io.infrabridge.exports;

import org.jspecify.annotations.NullMarked;
