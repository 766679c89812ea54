package io.tokensync.simulator.postgres;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

import io.tokensync.common.model.RejectionReason;
import io.tokensync.common.model.ValidationCode;
import io.tokensync.simulator.chain.TransactionFlaw;
import io.tokensync.simulator.content.Dice;
import io.tokensync.simulator.truth.TruthRow;

/** What can be wrong with a row and its transaction on purpose, as far as PostgreSQL and the constraints of the tables let it. */
@SuppressWarnings("ImmutableEnumChecker") // the spoilers keep no state
enum V1Flaw {
    NONE(_ -> {}),
    NOISY_VALUE(d -> d.value(new BigDecimal("0.30000000000000004"))),
    TRAILING_ZEROS(d -> d.value(new BigDecimal("1.000000000000000000000"))),
    NAN_VALUE(d -> malformedValue(d, "NaN")),
    INFINITE_VALUE(d -> malformedValue(d, "Infinity")),
    ZERO_TIME(d -> created(d, "0001-01-01T00:00:00Z", false)),
    NULL_TIME(d -> created(d, null, false)),
    INFINITE_TIME(d -> created(d, "infinity", true)),
    FAR_TIME(d -> updated(d, "20000-01-01T00:00:00Z")),
    EARLY_TIME(d -> updated(d, "-infinity")),
    UNKNOWN_STATUS(V1Flaw::unknownStatus),
    MALFORMED_ID(d -> malformedId(d, "1-2306987-" + d.token.stateHash().substring(40))),
    NO_DID(d -> malformedDid(d, "")),
    MALFORMED_DID(d -> malformedDid(d, d.did.toUpperCase(Locale.ROOT))),
    LONG_DID(V1Flaw::longDid),
    TRAILING_BLANK_ID(d -> d.reject(d.id + ' ', RejectionReason.TOKEN_ID_TRAILING_BLANK)),
    LONG_ID(d -> d.reject(d.token.stateHash().repeat(11), RejectionReason.TOKEN_ID_TOO_LONG)),
    CHANGED_INFO(TransactionFlaw.CHANGED_INFO),
    OTHER_KEY(TransactionFlaw.OTHER_KEY),
    MISSING_TRANSACTION(TransactionFlaw.MISSING),
    NO_TRANSACTION(d -> d.withoutTransaction = true),
    NOT_A_TRANSACTION(TransactionFlaw.NOT_A_TRANSACTION),
    BASE64(TransactionFlaw.BASE64),
    SIGNED_ID(TransactionFlaw.SIGNED_ID),
    NO_SIGNATURE(TransactionFlaw.NO_SIGNATURE),
    EMPTY_SIGNATURE(TransactionFlaw.EMPTY_SIGNATURE),
    EARLIER_FORM(TransactionFlaw.EARLIER_FORM),
    /** Once only: the primary key takes no second one. */
    EMPTY_ID(d -> d.reject("", RejectionReason.TOKEN_ID_MISSING)),
    /** Once only, as {@link #EMPTY_ID}. */
    BLANK_ID(d -> d.reject("  ", RejectionReason.TOKEN_ID_MISSING)),
    /** Once only, as the two behind it: each is megabytes. */
    LONGEST_INFO(TransactionFlaw.LONGEST),
    TOO_LONG_INFO(TransactionFlaw.TOO_LONG),
    HUGE_INFO(TransactionFlaw.HUGE);

    private static final List<V1Flaw> CERTAIN = Arrays.stream(values()).filter(flaw -> flaw != NONE).toList();
    private static final List<V1Flaw> REPEATED = CERTAIN.subList(0, CERTAIN.indexOf(EMPTY_ID));
    private static final double SHARE = 0.002;
    /** No schema has a status of this number. */
    private static final String UNKNOWN = "77";

    private final Consumer<V1Draft> spoiler;
    private final TransactionFlaw ofTransaction;

    V1Flaw(Consumer<V1Draft> spoiler) {
        this.spoiler = spoiler;
        this.ofTransaction = TransactionFlaw.NONE;
    }

    V1Flaw(TransactionFlaw ofTransaction) {
        this.spoiler = _ -> {};
        this.ofTransaction = ofTransaction;
    }

    /**
     * The flaw of a row: all of them once in the first rows that have none that depends on others, and some at random.
     *
     * @param ordinal which of a node's independent rows it is, from 0
     */
    static V1Flaw at(long ordinal, Dice dice, V1Schema schema) {
        V1Flaw flaw = ordinal < CERTAIN.size()
                ? CERTAIN.get((int) ordinal)
                : dice.chance(SHARE) ? dice.pick(REPEATED) : NONE;
        return flaw.fits(schema) ? flaw : NONE;
    }

    void spoil(V1Draft draft) {
        spoiler.accept(draft);
    }

    /** What is wrong with a transaction that the row then has for itself. */
    TransactionFlaw ofTransaction() {
        return ofTransaction;
    }

    private boolean fits(V1Schema schema) {
        return switch (this) {
            case ZERO_TIME, NULL_TIME, INFINITE_TIME, FAR_TIME, EARLY_TIME -> schema.hasTimes();
            case MISSING_TRANSACTION, NO_TRANSACTION -> schema.hasTransactions() && !schema.hasTransactionConstraint();
            case UNKNOWN_STATUS -> !schema.hasStatusNames();
            default -> ofTransaction == TransactionFlaw.NONE || schema.hasTransactions();
        };
    }

    private static void malformedValue(V1Draft draft, String text) {
        draft.value = text;
        draft.expectedValue = text;
        draft.marks.add(ValidationCode.TOKEN_VALUE_MALFORMED);
    }

    private static void created(V1Draft draft, String text, boolean marked) {
        draft.created = text;
        draft.createdAt = null;
        if (marked) {
            draft.marks.add(ValidationCode.CREATED_AT_MALFORMED);
        }
    }

    private static void updated(V1Draft draft, String text) {
        draft.updated = text;
        draft.updatedAt = null;
        draft.marks.add(ValidationCode.UPDATED_AT_MALFORMED);
    }

    private static void unknownStatus(V1Draft draft) {
        draft.status = UNKNOWN;
        draft.statusName = null;
        draft.marks.add(ValidationCode.TOKEN_STATUS_UNKNOWN);
    }

    private static void malformedId(V1Draft draft, String id) {
        draft.id = id;
        draft.content = TruthRow.Content.failed(TruthRow.Content.NOT_A_CID);
        draft.marks.add(ValidationCode.TOKEN_ID_MALFORMED);
    }

    private static void malformedDid(V1Draft draft, String did) {
        draft.did = did;
        draft.marks.add(ValidationCode.DID_MALFORMED);
    }

    private static void longDid(V1Draft draft) {
        draft.did = draft.did.repeat(18);
        draft.rejection = RejectionReason.FIELD_TOO_LONG;
    }
}
