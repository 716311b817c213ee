/** Everything on one machine: an embedded broker, an embedded database and all services as processes. */
@NullMarked
package io.infrabridge.local;

import org.jspecify.annotations.NullMarked;
