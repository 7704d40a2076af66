package io.scrip.identity;

/**
 * One authenticated request.
 *
 * @param caller who sent it
 * @param requestId names the request in the audit trail and in logs
 */
public record Call(Caller caller, RequestId requestId) {}
