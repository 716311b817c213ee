/**
 * The hash chain of the audit trail: what is hashed, what a checkpoint testifies, and the check of both. The audit service uses it
 * on its database, {@link io.infrabridge.verifier.VerifierMain} on an export; it shares no code with what signs.
 */
@NullMarked
package io.infrabridge.verifier;

import org.jspecify.annotations.NullMarked;
