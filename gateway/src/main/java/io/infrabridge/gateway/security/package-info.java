/** Who calls, what this service signs with and whom it believes. */
@NullMarked
package io.infrabridge.gateway.security;

import org.jspecify.annotations.NullMarked;
