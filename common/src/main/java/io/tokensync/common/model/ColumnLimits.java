package io.tokensync.common.model;

/** How many characters (UTF-16 units, as NVARCHAR counts them) the columns of {@code TokenRecords} hold. */
public final class ColumnLimits {
    public static final int SOURCE_IP = 45;
    public static final int NODE_NAME = 255;
    public static final int TOKEN_ID = 500;
    public static final int DID = 1000;
    public static final int PARENT_TOKEN_ID = 500;
    public static final int TOKEN_STATUS = 50;
    public static final int STATUS_NAME = 50;
    public static final int TOKEN_STATE_HASH = 500;
    public static final int TRANSACTION_ID = 500;
    public static final int TRANSACTION_INITIATOR = DID;
    public static final int TRANSACTION_OWNER = DID;
    public static final int DB_PATH = 500;
    public static final int IPFS_PATH = 500;
    public static final int IPFS_ERROR = 1000;
    public static final int IPFS_SOURCE = 50;
    public static final int IPFS_INFO = 1000;
    public static final int SESSION_ID = 36;

    private ColumnLimits() {}
}
