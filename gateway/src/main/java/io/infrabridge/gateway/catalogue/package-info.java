/** What the workers can do and which of them are alive, learned from their own announcements. */
@NullMarked
package io.infrabridge.gateway.catalogue;

import org.jspecify.annotations.NullMarked;
