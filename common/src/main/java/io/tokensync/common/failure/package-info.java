/** The rule of failures: every failure has a kind, decided once per boundary by code or type, never by message text. */
package io.tokensync.common.failure;
