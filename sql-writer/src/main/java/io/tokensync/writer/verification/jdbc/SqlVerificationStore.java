package io.tokensync.writer.verification.jdbc;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import io.tokensync.common.verification.NodeDigest;
import io.tokensync.common.verification.NodeDigest.Repaired;
import io.tokensync.writer.batch.SqlFailure;
import io.tokensync.writer.verification.Comparison;
import io.tokensync.writer.verification.NodeTable.Node;
import io.tokensync.writer.verification.NodeVerification;
import io.tokensync.writer.verification.VerificationStore;

/** {@code NodeVerifications}. */
final class SqlVerificationStore implements VerificationStore {
    private static final double MILLIS = 1000.0;

    private final VerifierStatements statements;

    SqlVerificationStore(VerifierStatements statements) {
        this.statements = statements;
    }

    @Override
    public void add(NodeVerification verification) throws SqlFailure {
        NodeDigest digest = verification.digest();
        Comparison found = verification.comparison();
        Repaired repaired = digest.repaired();
        int _ = statements.run("insert_verification", PreparedStatement::executeUpdate, digest.sourceIp(),
                digest.nodeName(), digest.watermark(), digest.asOf(), found.at(), digest.startedBy().code(),
                verification.outcome().code(), digest.rows(), found.table().rows(), digest.digest(),
                found.table().digest(), digest.buckets().buckets(), found.differing().cardinality(),
                found.unsettled().cardinality(), repaired.republished(), repaired.deleted(), repaired.deferred(),
                found.took().toMillis() / MILLIS, digest.agentId(), digest.sessionId(), digest.sourceIp(),
                digest.nodeName(), digest.watermark());
    }

    @Override
    public List<String> agents(Node node, long except, int most) throws SqlFailure {
        return statements.run("agents", statement -> {
            statement.setMaxRows(most);
            List<String> agents = new ArrayList<>();
            try (ResultSet rows = statement.executeQuery()) {
                while (agents.size() < most && rows.next()) {
                    agents.add(rows.getString(1));
                }
            }
            return agents;
        }, node.sourceIp(), node.nodeName(), except);
    }

    @Override
    public Standing standing() throws SqlFailure {
        return statements.run("standing", SqlVerificationStore::standing);
    }

    private static Standing standing(PreparedStatement statement) throws SQLException {
        try (ResultSet row = statement.executeQuery()) {
            row.next();
            return new Standing(row.getLong(1), row.getLong(2), row.getLong(3), row.getLong(4));
        }
    }

    @Override
    public Deleted deleteSome(Instant before) throws SqlFailure {
        int deleted = statements.run("delete_verifications", PreparedStatement::executeUpdate, before);
        return new Deleted(deleted, deleted == 0);
    }
}
