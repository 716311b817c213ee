/** How a server is. */
@NullMarked
package io.infrabridge.server.health;

import org.jspecify.annotations.NullMarked;
