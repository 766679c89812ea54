/** The verifier's statements: what the table has of a node, and what is remembered of its verifications. */
package io.tokensync.writer.verification.jdbc;
