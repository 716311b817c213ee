/** Operations on servers: their health, packages and services. */
@NullMarked
package io.infrabridge.server;

import org.jspecify.annotations.NullMarked;
