/** The audit trail over HTTP: searching records and operations, for the gateway. */
@NullMarked
package io.infrabridge.audit.rest;

import org.jspecify.annotations.NullMarked;
