/** That the trail is what it was: signed checkpoints over it, its verification and its export. */
@NullMarked
package io.infrabridge.audit.evidence;

import org.jspecify.annotations.NullMarked;
