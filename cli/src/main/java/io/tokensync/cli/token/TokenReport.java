package io.tokensync.cli.token;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import io.tokensync.cli.token.jdbc.TokenException;
import io.tokensync.cli.token.jdbc.TokenSource;
import io.tokensync.cli.token.jdbc.TokenTable;
import io.tokensync.monitor.audit.AuditAnswers;
import io.tokensync.monitor.audit.Finding;
import io.tokensync.monitor.audit.Unanswered;

/**
 * All that the table knows of one token.
 *
 * @param tokenId which one
 * @param holders who lists it, or has listed it
 * @param versions all that was ever published of it
 * @param content what its content says
 * @param ancestors its parents and theirs, the farthest first
 * @param family the token with its parts
 * @param findings those that name it, with the rows that do; empty when nobody has asked for them
 * @param unanswered kinds of findings that the audit was not answered for: whether one names the token is not known
 * @param verifications of its nodes; empty when nothing verifies nodes here
 */
record TokenReport(String tokenId, TokenTable holders, TokenTable versions, TokenTable content,
        List<FamilyMember> ancestors, FamilyMember family, Optional<List<Finding>> findings,
        List<Unanswered> unanswered, Optional<TokenTable> verifications) {

    /**
     * Asks for all of it.
     *
     * @param found by the audit, about any tokens; empty without an audit
     */
    static TokenReport of(String token, TokenSource source, Optional<AuditAnswers> found) throws TokenException {
        TokenTable holders = source.holders(token);
        Family family = new Family(source);
        return new TokenReport(token, holders, source.versions(token), source.content(token),
                family.ancestors(token), family.descendants(token, holders),
                found.map(answers -> concerning(token, answers.findings())),
                found.map(AuditAnswers::unanswered).orElse(List.of()), source.verifications(token));
    }

    /** Whether anybody has ever said anything of it. */
    boolean isKnown() {
        return !holders.isEmpty() || !versions.isEmpty() || !family.parts().isEmpty();
    }

    private static List<Finding> concerning(String token, List<Finding> found) {
        List<Finding> findings = new ArrayList<>();
        for (Finding finding : found) {
            List<List<String>> rows = finding.sample().stream().filter(row -> row.contains(token)).toList();
            if (!rows.isEmpty()) {
                findings.add(new Finding(finding.kind(), rows.size(), finding.columns(), rows));
            }
        }
        return findings;
    }
}
