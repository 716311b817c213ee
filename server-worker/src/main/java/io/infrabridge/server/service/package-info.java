/** Services of a server and what may be done to them. */
@NullMarked
package io.infrabridge.server.service;

import org.jspecify.annotations.NullMarked;
