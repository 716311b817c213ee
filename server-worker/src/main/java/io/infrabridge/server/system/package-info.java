/** A server as a whole: what it is and does, its name and time, its accounts, and its reboot. */
@NullMarked
package io.infrabridge.server.system;

import org.jspecify.annotations.NullMarked;
