package io.infrabridge.gateway.audit;

/** What the audit service said, to be passed on unread. */
@SuppressWarnings("ArrayRecordComponent") // never compared, only passed on
public record AuditAnswer(int status, String contentType, byte[] body) {}
