package io.tokensync.simulator.node;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import io.tokensync.common.model.IpfsBlock;
import io.tokensync.common.model.NodeGeneration;
import io.tokensync.common.model.RejectionReason;
import io.tokensync.common.model.TokenKind;
import io.tokensync.common.model.TokenStatus;
import io.tokensync.common.model.ValidationCode;
import io.tokensync.ipfs.Cid;
import io.tokensync.simulator.truth.Truth;
import io.tokensync.simulator.truth.TruthRow;

/**
 * A row of a node's database with everything that belongs to it; as wide as the widest of its tables.
 *
 * @param rejection why it must be rejected; null when it must be written
 * @param blockFile block for the node's repository; null when there is none
 */
public record NodeRow(TokenTable table, TokenKind kind, Cell<String> id, Cell<String> did, Cell<String> parent,
        Cell<String> status, Cell<String> value, Cell<Instant> created, Cell<Instant> updated, Cell<String> stateHash,
        Cell<String> transaction, List<String> details, RejectionReason rejection, TruthRow.Content content,
        BlockFile blockFile) {
    private static final int SHOWN = 60;

    /** A block and the id under which it is stored, which need not be its own. */
    public record BlockFile(Cid cid, IpfsBlock block) {}

    /** What goes into a column with this meaning. */
    public Object stored(Field field) {
        return switch (field) {
            case ID -> id.stored();
            case DID -> did.stored();
            case PARENT -> parent.stored();
            case VALUE -> value.stored();
            case STATUS -> status.stored();
            case STATE_HASH -> stateHash.stored();
            case TRANSACTION -> transaction.stored();
            case CREATED -> created.stored();
            case UPDATED -> updated.stored();
            case FIRST_DETAIL -> details.get(0);
            case SECOND_DETAIL -> details.get(1);
            case THIRD_DETAIL -> details.get(2);
            case FLAG -> 1;
        };
    }

    public boolean isRejected() {
        return rejection != null;
    }

    /** The row that SQL must hold. */
    public TruthRow toTruth(NodeSpec node) {
        return new TruthRow(node.machine().name(), node.name(), table.sqlName(), id.expected(), kind.code(),
                NodeGeneration.SQLITE.code(), did.expected(), status.expected(), statusName(), value.expected(),
                parent.expected(), created.expected(), updated.expected(), stateHash.expected(),
                transaction.expected(), null, codes(), content);
    }

    /** The rejection that must be reported. */
    public Truth.Rejection toRejection(NodeSpec node, long rowid) {
        String shown = switch (id.stored()) {
            case null -> "token id NULL";
            case byte[] bytes -> "token id is a BLOB of " + bytes.length + " bytes";
            case Object text -> "token id '" + shorten(text.toString()) + "'";
        };
        return new Truth.Rejection(node.machine().name(), node.name(), table.sqlName(), rowid, rejection.code(), shown);
    }

    private String statusName() {
        return status.malformed()
                ? null
                : TokenStatus.of(NodeGeneration.SQLITE, status.expected()).map(TokenStatus::text).orElseThrow();
    }

    private List<String> codes() {
        List<String> codes = new ArrayList<>(0);
        mark(codes, id, ValidationCode.TOKEN_ID_MALFORMED);
        mark(codes, did, ValidationCode.DID_MALFORMED);
        mark(codes, parent, ValidationCode.PARENT_TOKEN_ID_MALFORMED);
        mark(codes, status, ValidationCode.TOKEN_STATUS_UNKNOWN);
        mark(codes, value, ValidationCode.TOKEN_VALUE_MALFORMED);
        mark(codes, created, ValidationCode.CREATED_AT_MALFORMED);
        mark(codes, updated, ValidationCode.UPDATED_AT_MALFORMED);
        return codes;
    }

    private static void mark(List<String> codes, Cell<?> cell, ValidationCode code) {
        if (cell.malformed()) {
            codes.add(code.code());
        }
    }

    private static String shorten(String text) {
        return text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "…";
    }
}
