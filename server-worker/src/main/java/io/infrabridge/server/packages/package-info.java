/** Packages of a server, by whatever package manager its distribution has. */
@NullMarked
package io.infrabridge.server.packages;

import org.jspecify.annotations.NullMarked;
