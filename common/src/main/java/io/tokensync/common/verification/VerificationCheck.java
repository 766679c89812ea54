package io.tokensync.common.verification;

import java.util.Optional;
import java.util.regex.Pattern;

import io.tokensync.common.model.ColumnLimits;
import io.tokensync.common.model.FieldCheck;

/** Whether a digest or a verdict says something that can be: anybody who may write to the topic may write anything. */
public final class VerificationCheck {
    /** Most rows of one record. */
    public static final int MOST_ROWS = 10_000;
    /** Most records of one verdict. */
    public static final int MOST_PARTS = 1_000;
    private static final Pattern SHA_256 = Pattern.compile("[0-9a-f]{64}");

    private VerificationCheck() {}

    /** What is wrong with it, in one sentence; empty when nothing is. */
    public static Optional<String> problem(NodeDigest it) {
        FieldCheck fields = new FieldCheck();
        node(fields, it.sourceIp(), it.nodeName(), it.agentId(), it.watermark());
        fields.uuid("session_id", it.sessionId());
        fields.text("db_path", it.dbPath(), ColumnLimits.DB_PATH);
        fields.time("as_of", it.asOf());
        fields.require(SHA_256.matcher(it.digest()).matches(), "digest", "is not 64 hexadecimal digits");
        fields.count("republished", it.repaired().republished());
        fields.count("deleted", it.repaired().deleted());
        fields.count("deferred", it.repaired().deferred());
        return fields.problem();
    }

    /** What is wrong with it, in one sentence; empty when nothing is. */
    public static Optional<String> problem(NodeVerdict it) {
        FieldCheck fields = new FieldCheck();
        node(fields, it.sourceIp(), it.nodeName(), it.agentId(), it.watermark());
        fields.time("verified_at", it.verifiedAt());
        fields.count("table_rows", it.tableRows());
        fields.require(it.buckets() >= BucketSums.COARSEST && it.buckets() <= BucketSums.FINEST
                && Integer.bitCount(it.buckets()) == 1, "buckets", "is no number of buckets");
        fields.require(it.part() >= 0 && it.part() < it.parts() && it.parts() <= MOST_PARTS, "part",
                "is none of its parts");
        fields.require(it.differing().stream().allMatch(bucket -> bucket >= 0 && bucket < it.buckets()), "differing",
                "has a bucket that is none");
        fields.require(it.rows().size() <= MOST_ROWS, "rows", "are more than " + MOST_ROWS);
        it.rows().forEach(row -> row(fields, row));
        return fields.problem();
    }

    /** Whether a verdict may name the row: what people write into the table by hand may have any id and version. */
    public static boolean isNameable(NodeVerdict.TableRow it) {
        FieldCheck fields = new FieldCheck();
        row(fields, it);
        return fields.problem().isEmpty();
    }

    private static void row(FieldCheck fields, NodeVerdict.TableRow row) {
        fields.printable("token_id", row.tokenId(), ColumnLimits.TOKEN_ID);
        fields.require(row.version() >= 0, "version", "is negative");
    }

    private static void node(FieldCheck fields, String sourceIp, String nodeName, String agentId, long watermark) {
        fields.printable("source_ip", sourceIp, ColumnLimits.SOURCE_IP);
        fields.printable("node_name", nodeName, ColumnLimits.NODE_NAME);
        fields.uuid("agent_id", agentId);
        fields.version("watermark", watermark);
    }
}
