/** The catalogue and its operations over HTTP. */
@NullMarked
package io.infrabridge.gateway.rest;

import org.jspecify.annotations.NullMarked;
