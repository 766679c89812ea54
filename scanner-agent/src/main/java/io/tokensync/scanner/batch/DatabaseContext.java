package io.tokensync.scanner.batch;

import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

import io.tokensync.common.model.Change;
import io.tokensync.common.model.ColumnLimits;
import io.tokensync.common.model.Provenance;
import io.tokensync.common.model.TokenKey;
import io.tokensync.common.model.TokenRecord;
import io.tokensync.common.model.TokenRow;
import io.tokensync.common.receipt.ReceiptScope;
import io.tokensync.ipfs.IpfsRepository;
import io.tokensync.scanner.content.BlockSource;
import io.tokensync.scanner.content.BlockStores;
import io.tokensync.scanner.diff.Rejection;
import io.tokensync.scanner.discovery.NodeDatabase;
import io.tokensync.scanner.publish.RejectedRow;
import io.tokensync.scanner.source.RawRow;
import io.tokensync.scanner.source.TokenTable;
import io.tokensync.scanner.state.PublishedKey;

/**
 * Where the rows of one database in one scan cycle come from.
 *
 * @param session who scans
 * @param nodeName the node
 * @param dbPath its database
 * @param repository its IPFS repository, when there is one
 * @param ipfsApi where the API of its IPFS daemon is, or null
 * @param lastModified when the database changed last
 */
public record DatabaseContext(ScanSession session, String nodeName, String dbPath, Optional<Path> repository,
        String ipfsApi, Instant lastModified) {
    public static DatabaseContext of(ScanSession session, NodeDatabase database, Instant lastModified) {
        Optional<Path> repository = IpfsRepository.find(database.file());
        return new DatabaseContext(session, database.nodeName(), database.file().toString(), repository,
                repository.flatMap(IpfsRepository::api).orElse(null), lastModified);
    }

    /** Of a database of which nothing but its place can be told, for the present. */
    public static DatabaseContext unread(ScanSession session, String nodeName, String dbPath, Instant now) {
        return new DatabaseContext(session, nodeName, dbPath, Optional.empty(), null, now);
    }

    /** What its receipts are about. */
    ReceiptScope scope() {
        return new ReceiptScope(session.sessionId(), session.sourceIp(), nodeName, dbPath);
    }

    public TokenKey key(String tokenId) {
        return new TokenKey(session.sourceIp(), nodeName, tokenId);
    }

    public Provenance provenance() {
        return new Provenance(session.sessionId(), dbPath, ipfsPath(), lastModified);
    }

    /** The repository's path; null when there is none, or none that the column can hold. */
    String ipfsPath() {
        return repository.map(Path::toString).filter(path -> path.length() <= ColumnLimits.IPFS_PATH).orElse(null);
    }

    /** Where its blocks are. */
    public BlockSource blocks(BlockStores stores) {
        return repository.map(stores::of).orElse(BlockSource.NONE);
    }

    RejectedRow rejected(RawRow row, Rejection rejection) {
        return rejected(row.table(), row.rowid(), rejection, row.toMap());
    }

    /** A row of which there is only its record. */
    RejectedRow rejected(PublishedKey place, TokenRecord record, Rejection rejection) {
        TokenTable table = TokenTable.of(place.table());
        TokenRow row = ((Change.Upsert) record.change()).row();
        return rejected(table, place.rowid(), rejection, table.named(place.rowid(), column -> switch (column) {
            case TOKEN_ID -> place.tokenId();
            case DID -> row.did();
            case TOKEN_STATUS -> row.tokenStatus();
            case TOKEN_VALUE -> row.tokenValue();
            case PARENT_TOKEN_ID -> row.parentTokenId();
            case TOKEN_STATE_HASH -> row.tokenStateHash();
            case TRANSACTION_ID -> row.transactionId();
            case CREATED_AT -> row.createdAt();
            case UPDATED_AT -> row.updatedAt();
        }));
    }

    private RejectedRow rejected(TokenTable table, long rowid, Rejection rejection, Map<String, Object> columns) {
        return new RejectedRow(session.sourceIp(), nodeName, dbPath, session.sessionId(), table.tableName(), rowid,
                rejection.reason(), rejection.detail(), columns);
    }
}
