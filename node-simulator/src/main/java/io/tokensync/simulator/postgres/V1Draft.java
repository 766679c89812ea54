package io.tokensync.simulator.postgres;

import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.tokensync.common.model.NodeGeneration;
import io.tokensync.common.model.RejectionReason;
import io.tokensync.common.model.TokenKind;
import io.tokensync.common.model.ValidationCode;
import io.tokensync.simulator.chain.V1Transaction;
import io.tokensync.simulator.truth.Truth;
import io.tokensync.simulator.truth.TruthRow;

/** A row while it is being made: first right in everything, then spoiled by a {@link V1Flaw}. */
final class V1Draft {
    /** Digits that every double holds; what stands behind them is noise of its binary form. */
    private static final MathContext DOUBLE = new MathContext(15);
    private static final int SHOWN = 60;

    final V1Token token;
    final V1Node node;
    /** In the order in which the truth lists them. */
    final Set<ValidationCode> marks = EnumSet.noneOf(ValidationCode.class);

    String id;
    String did;
    String status;
    String statusName;
    String value;
    String created;
    String updated;
    String expectedValue;
    Instant createdAt;
    Instant updatedAt;
    TruthRow.Content content;
    boolean withoutTransaction;
    RejectionReason rejection;

    V1Draft(V1Token token, V1Node node, String did, V1Status status) {
        this.token = token;
        this.node = node;
        this.id = token.id();
        this.did = did;
        this.status = Integer.toString(node.schema().code(status));
        this.statusName = status.text();
        this.content = token.content();
        value(token.value());
    }

    void value(BigDecimal number) {
        value = number.toPlainString();
        BigDecimal plain = number.round(DOUBLE).stripTrailingZeros();
        expectedValue = plain.setScale(Math.max(1, plain.scale())).toPlainString();
    }

    /** Times of the transactions that made and last changed it. */
    void times(Instant first, Instant last) {
        createdAt = first.truncatedTo(ChronoUnit.MICROS);
        updatedAt = last.truncatedTo(ChronoUnit.MICROS);
        created = createdAt.toString();
        updated = updatedAt.toString();
    }

    void reject(String newId, RejectionReason reason) {
        id = newId;
        rejection = reason;
    }

    V1Row finish(List<V1Step> history) {
        boolean rejected = rejection != null;
        return new V1Row(columns(history), history, rejected ? null : truth(history),
                rejected ? rejection() : null, token.files());
    }

    private Map<String, String> columns(List<V1Step> history) {
        Map<String, String> columns = new LinkedHashMap<>();
        columns.put("token_id", id);
        columns.put("parent_token_id", token.parent());
        columns.put("token_value", value);
        columns.put("token_status", status);
        columns.put("did", did);
        columns.put("token_type", Integer.toString(V1Ddl.type(token.kind())));
        if (node.schema().hasTransactions()) {
            columns.put("transaction_id", withoutTransaction ? "" : history.getLast().transaction().id());
            columns.put("token_state_hash", token.stateHash());
        }
        if (node.schema().hasLatest()) {
            columns.put("latest_position", Integer.toString(history.size() - 1));
            columns.put("latest_role", Integer.toString(history.getLast().role().id()));
        }
        if (node.schema().hasTimes()) {
            columns.put("created_at", created);
            columns.put("updated_at", updated);
        }
        return columns;
    }

    private TruthRow truth(List<V1Step> history) {
        V1Schema schema = node.schema();
        V1Transaction named = schema.hasTransactions() && !withoutTransaction
                ? history.getLast().transaction()
                : null;
        return new TruthRow(node.machine().name(), node.name(), V1Row.TABLE, id, kind().code(),
                NodeGeneration.V1.code(), did.isEmpty() ? null : did, status, statusName, expectedValue, token.parent(),
                schema.hasTimes() ? createdAt : null, schema.hasTimes() ? updatedAt : null,
                schema.hasTransactions() ? token.stateHash() : null,
                named == null ? null : named.id(), named == null ? null : named.truth(),
                marks.stream().map(ValidationCode::code).toList(), content);
    }

    private TokenKind kind() {
        if (token.kind() != TokenKind.WHOLE && token.kind() != TokenKind.PART) {
            return token.kind();
        }
        boolean fraction = !marks.contains(ValidationCode.TOKEN_VALUE_MALFORMED)
                && new BigDecimal(expectedValue).compareTo(BigDecimal.ONE) < 0;
        return token.parent() != null || fraction ? TokenKind.PART : TokenKind.WHOLE;
    }

    private Truth.Rejection rejection() {
        String shown = id.length() <= SHOWN ? id : id.substring(0, SHOWN) + "…";
        return new Truth.Rejection(node.machine().name(), node.name(), V1Row.TABLE, 0, rejection.code(),
                "token id '" + shown + '\'');
    }
}
