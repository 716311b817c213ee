/** What a server's kernel and file systems say of themselves. */
@NullMarked
package io.infrabridge.server.measure;

import org.jspecify.annotations.NullMarked;
