package io.tokensync.scanner.publish;

import java.time.Instant;
import java.util.List;

import org.junit.jupiter.api.Test;

import io.tokensync.common.model.Change;
import io.tokensync.common.model.Content;
import io.tokensync.common.model.Provenance;
import io.tokensync.common.model.TokenKey;
import io.tokensync.common.model.TokenKind;
import io.tokensync.common.model.TokenRecord;
import io.tokensync.common.model.TokenRow;
import io.tokensync.testkit.golden.Golden;
import io.tokensync.testkit.golden.RecordText;

/** Keys, headers and values of the records of rows, byte for byte. */
class ScannerRecordsGoldenTest {
    private static final Instant AT = Instant.parse("2026-01-02T03:04:05.1234567Z");

    @Test
    void rowsAndDeletions() {
        RecordEncoder encoder = new RecordEncoder(
                PublishTopics.STANDARD);
        TokenRow row = new TokenRow("bafybmigoodfordidsoftwentyfourcharactersandmoreofthem", "0", "1.0", null,
                TokenKind.WHOLE, AT, AT, "state-hash", "tx-1", List.of("token_status_unknown: 99"));
        Golden.files().check("topics/tokens.scanned.txt", RecordText.of(
                List.of(encoder.encode(record(new Change.Upsert(row))),
                        encoder.encode(record(new Change.Delete(AT))))));
    }

    private static TokenRecord record(Change change) {
        return new TokenRecord(new TokenKey("10.0.0.7", "node-é", "QmYwAPJzv5CZsnA625s3Xf2nemtYgPpHdWEz79ojWnPbdG"), 7,
                new Provenance("6f1c1f0e-52a5-4c0e-9f5b-0a4f2f9f3c11", "/srv/node-1/Rubix/rubix.db",
                        "/srv/node-1/.ipfs", AT),
                change, Content.absent(), null);
    }
}
