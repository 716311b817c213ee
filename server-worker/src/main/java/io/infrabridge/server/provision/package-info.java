/** What a server shall be, as one description: how it differs, and what brings it there. */
@NullMarked
package io.infrabridge.server.provision;

import org.jspecify.annotations.NullMarked;
