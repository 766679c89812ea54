package io.tokensync.common.verification;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;

import tools.jackson.databind.json.JsonMapper;

import io.tokensync.common.jdbc.SqlTimes;
import io.tokensync.common.model.TokenRow;
import io.tokensync.common.model.TokenTransaction;

/**
 * What a {@link RowDigest} sums up of a row, as the texts that a table shows: two rows of one id have equal fields if they have
 * equal digests. For whoever tells people in what two rows differ.
 *
 * @param values of {@link #NAMES}; each may be null
 */
public record RowFields(List<String> values) {
    /** The columns, in the order of the digest. */
    public static final List<String> NAMES = List.of("did", "token_status", "status_name", "token_value",
            "parent_token_id", "token_kind", "node_generation", "created_at", "updated_at", "token_state_hash",
            "transaction_id", "transaction_check", "transaction_initiator", "transaction_owner", "transaction_time",
            "validation_errors");
    /** Nothing at all, as of a row that is not there. */
    public static final RowFields NONE = new RowFields(Collections.nCopies(NAMES.size(), null));

    public RowFields {
        if (values.size() != NAMES.size()) {
            throw new IllegalArgumentException(values.size() + " values for " + NAMES.size() + " columns");
        }
        values = Collections.unmodifiableList(new ArrayList<>(values));
    }

    /** A field of two rows that they have otherwise, or of which one has none. */
    public record Difference(String name, String one, String other) {}

    /** Those of a row as the agent reads it. */
    public static RowFields of(TokenRow row) {
        TokenTransaction known = row.transaction();
        List<String> errors = row.validationErrors();
        List<String> values = new ArrayList<>(NAMES.size());
        Collections.addAll(values, row.did(), row.tokenStatus(), row.statusName(), row.tokenValue(),
                row.parentTokenId(), row.tokenKind().code(), row.generation().code(), time(row.createdAt()),
                time(row.updatedAt()), row.tokenStateHash(), row.transactionId(),
                known == null ? null : known.check().code(), known == null ? null : known.initiator(),
                known == null ? null : known.owner(), known == null ? null : time(known.time()),
                errors.isEmpty() ? null : JsonMapper.shared().writeValueAsString(errors));
        return new RowFields(values);
    }

    /** A time of UTC as it is shown; null for none. */
    public static String time(Instant time) {
        return time == null ? null : SqlTimes.text(LocalDateTime.ofInstant(time, ZoneOffset.UTC));
    }

    /** The fields in which the other row differs. */
    public List<Difference> differing(RowFields other) {
        List<Difference> differing = new ArrayList<>();
        for (int i = 0; i < NAMES.size(); i++) {
            if (!Objects.equals(values.get(i), other.values.get(i))) {
                differing.add(new Difference(NAMES.get(i), values.get(i), other.values.get(i)));
            }
        }
        return differing;
    }
}
