package io.tokensync.simulator.node;

import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;

import io.tokensync.common.model.IpfsBlock;
import io.tokensync.common.model.RejectionReason;
import io.tokensync.common.model.TokenKind;
import io.tokensync.simulator.content.Token;
import io.tokensync.simulator.truth.TruthRow;

/** A row while it is being made: first right in everything, then spoiled by a {@link Flaw}. */
final class Draft {
    final Token token;
    final TokenTable table;
    /** Differs between tokens; flaws with several forms choose by it. */
    final int variant;
    /** Id of another token on the same node. */
    final Supplier<String> sibling;

    Cell<String> id;
    Cell<String> did = Cell.absent();
    Cell<String> parent = Cell.absent();
    Cell<String> status = Cell.absent();
    Cell<String> value = Cell.absent();
    Cell<Instant> created = Cell.absent();
    Cell<Instant> updated = Cell.absent();
    Cell<String> stateHash = Cell.absent();
    Cell<String> transaction = Cell.absent();
    private RejectionReason rejection;
    private TruthRow.Content content;
    private NodeRow.BlockFile blockFile;

    Draft(Token token, int variant, Supplier<String> sibling) {
        this.token = token;
        this.table = TokenTable.of(token.kind());
        this.variant = variant;
        this.sibling = sibling;
        this.id = Cell.text(token.id());
        this.content = TruthRow.Content.of(token.content());
        this.blockFile = new NodeRow.BlockFile(token.cid(), token.block());
    }

    /** The row has this in place of its id, and must be rejected. */
    void rejectId(Object stored, RejectionReason reason) {
        id = Cell.of(stored, null);
        reject(reason);
    }

    void reject(RejectionReason reason) {
        rejection = reason;
        blockFile = null;
    }

    /** The row has another id, under which nothing can be found. */
    void replaceId(Cell<String> newId, String failure) {
        id = newId;
        fail(failure);
    }

    /** The block is missing. */
    void fail(String failure) {
        content = TruthRow.Content.failed(failure);
        blockFile = null;
    }

    /** The file of the block holds another one. */
    void replaceBlock(IpfsBlock other) {
        content = TruthRow.Content.failed(TruthRow.Content.MISMATCH);
        blockFile = new NodeRow.BlockFile(token.cid(), other);
    }

    NodeRow finish() {
        return new NodeRow(table, kind(), id, did, parent, status, value, created, updated, stateHash, transaction,
                List.copyOf(token.details()), rejection, content, blockFile);
    }

    private TokenKind kind() {
        if (table != TokenTable.RBT) {
            return token.kind();
        }
        boolean fraction = value.stored() instanceof Double number && number >= 0 && number < 1;
        return parent.expected() != null || fraction ? TokenKind.PART : TokenKind.WHOLE;
    }
}
