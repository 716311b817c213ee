/** What is declared on a NixOS host, in a file of our own, and how a host is brought to it. */
@NullMarked
package io.infrabridge.server.nixos;

import org.jspecify.annotations.NullMarked;
