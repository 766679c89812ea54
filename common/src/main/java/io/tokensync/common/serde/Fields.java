package io.tokensync.common.serde;

/** Names of the JSON's fields, equal to the columns of {@code TokenRecords}. */
final class Fields {
    static final String OPERATION = "operation";
    static final String SOURCE_IP = "source_ip";
    static final String NODE_NAME = "node_name";
    static final String TOKEN_ID = "token_id";
    static final String RECORD_VERSION = "record_version";
    static final String SESSION_ID = "session_id";
    static final String DB_PATH = "db_path";
    static final String IPFS_PATH = "ipfs_path";
    static final String DB_LAST_MODIFIED = "db_last_modified";
    static final String DID = "did";
    static final String TOKEN_STATUS = "token_status";
    static final String STATUS_NAME = "status_name";
    static final String TOKEN_VALUE = "token_value";
    static final String PARENT_TOKEN_ID = "parent_token_id";
    static final String TOKEN_KIND = "token_kind";
    static final String NODE_GENERATION = "node_generation";
    static final String CREATED_AT = "created_at";
    static final String UPDATED_AT = "updated_at";
    static final String TOKEN_STATE_HASH = "token_state_hash";
    static final String TRANSACTION_ID = "transaction_id";
    static final String TRANSACTION_CHECK = "transaction_check";
    static final String TRANSACTION_INITIATOR = "transaction_initiator";
    static final String TRANSACTION_OWNER = "transaction_owner";
    static final String TRANSACTION_TIME = "transaction_time";
    static final String VALIDATION_ERRORS = "validation_errors";
    static final String DELETED_AT = "deleted_at";
    static final String IPFS_DATA = "ipfs_data";
    static final String IPFS_FETCHED = "ipfs_fetched";
    static final String IPFS_ERROR = "ipfs_error";
    static final String IPFS_SOURCE = "ipfs_source";
    static final String IPFS_INFO = "ipfs_info";
    static final String CONTENT_VERSION = "content_version";
    static final String IPFS_API = "ipfs_api";
    static final String IPFS_BLOCK = "ipfs_block";
    static final String ESSENTIAL_ONLY = "essential_only";

    /** Values of {@link #OPERATION}. */
    static final String UPSERT = "upsert";
    static final String DELETE = "delete";

    private Fields() {}
}
