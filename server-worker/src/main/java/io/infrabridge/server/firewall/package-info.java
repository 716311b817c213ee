/** Who may reach a server, and be reached from it: its firewall, and how to change that without locking oneself out. */
@NullMarked
package io.infrabridge.server.firewall;

import org.jspecify.annotations.NullMarked;
