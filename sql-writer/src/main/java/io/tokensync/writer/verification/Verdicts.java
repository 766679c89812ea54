package io.tokensync.writer.verification;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

import io.tokensync.common.verification.NodeDigest;
import io.tokensync.common.verification.NodeVerdict;
import io.tokensync.common.verification.NodeVerdict.TableRow;
import io.tokensync.common.verification.VerificationCheck;

/** The answer to a digest, in as many records as it takes. */
final class Verdicts {
    /** Half of what a broker takes by default, since a quote in an id is two characters in JSON. */
    private static final int MOST_BYTES = 400_000;
    /** Of the names and numbers around an id. */
    private static final int BYTES_AROUND = 80;

    private Verdicts() {}

    /** Without any rows. */
    static NodeVerdict of(NodeVerification verification) {
        NodeDigest digest = verification.digest();
        return part(verification, digest.buckets().buckets(), 0, 1, List.of(), List.of(),
                verification.comparison().differing().isEmpty());
    }

    /** With the rows that the table has in the buckets of the scope; those that no record can name are left out. */
    static List<NodeVerdict> of(NodeVerification verification, RepairScope scope, List<TableRow> rows) {
        List<List<TableRow>> parts = cut(rows.stream().filter(VerificationCheck::isNameable).toList());
        List<NodeVerdict> verdicts = new ArrayList<>();
        for (int part = 0; part < parts.size(); part++) {
            BitSet buckets = part == 0 ? scope.chosen() : new BitSet();
            verdicts.add(part(verification, scope.buckets(), part, parts.size(), buckets.stream().boxed().toList(),
                    parts.get(part), scope.complete()));
        }
        return verdicts;
    }

    private static NodeVerdict part(NodeVerification of, int buckets, int part, int parts, List<Integer> differing,
            List<TableRow> rows, boolean complete) {
        NodeDigest digest = of.digest();
        return new NodeVerdict(digest.sourceIp(), digest.nodeName(), digest.agentId(), digest.watermark(),
                of.comparison().at(), of.outcome(), of.comparison().table().rows(), buckets, part, parts, differing,
                rows, complete);
    }

    private static List<List<TableRow>> cut(List<TableRow> rows) {
        List<List<TableRow>> parts = new ArrayList<>();
        int from = 0;
        int bytes = 0;
        for (int i = 0; i < rows.size(); i++) {
            int more = rows.get(i).tokenId().getBytes(StandardCharsets.UTF_8).length + BYTES_AROUND;
            if (i - from == VerificationCheck.MOST_ROWS || (bytes + more > MOST_BYTES && i > from)) {
                parts.add(rows.subList(from, i));
                from = i;
                bytes = 0;
            }
            bytes += more;
        }
        parts.add(rows.subList(from, rows.size()));
        return parts;
    }
}
