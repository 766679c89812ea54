package io.tokensync.scanner;

import io.tokensync.scanner.diff.RowHash;

/**
 * Who scans, and in which pass.
 *
 * @param sourceIp the machine
 * @param sessionId the pass (UUID)
 * @param essentialOnly whether rows are published without their content, and nobody is to ask for it
 */
record ScanSession(String sourceIp, String sessionId, boolean essentialOnly) {
    /** The hash over the rows of a database, with everything that a record says of its origin and that lasts. */
    RowHash hash(Origin origin) {
        return new RowHash(sourceIp, origin.nodeName(), origin.dbPath(), origin.ipfsPath());
    }
}
