/** Ed25519 signatures over raw record values, and which key may sign what. */
@NullMarked
package io.infrabridge.trust.signature;

import org.jspecify.annotations.NullMarked;
