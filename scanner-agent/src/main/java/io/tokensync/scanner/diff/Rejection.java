package io.tokensync.scanner.diff;

import io.tokensync.common.model.RejectionReason;

/**
 * Why a row cannot be in the table.
 *
 * @param reason the reason
 * @param detail what exactly, for people; no contents
 */
public record Rejection(RejectionReason reason, String detail) {}
