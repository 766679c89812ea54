package io.tokensync.tds.faults;

import io.tokensync.tds.protocol.SqlError;

/** Errors that Azure SQL sends in trouble, with the words and the severity of the real ones. */
public final class AzureErrors {
    private AzureErrors() {}

    /** 40613: the database is failing over or waking up. */
    public static SqlError databaseUnavailable() {
        return new SqlError(40613, 1, 14, "Database 'tokens' on server 'testkit' is not currently available. "
                + "Please retry the connection later.");
    }

    /** 40501: the service is busy; severity 20 ends the connection. */
    public static SqlError busy() {
        return new SqlError(40501, 1, 20, "The service is currently busy. Retry the request after 10 seconds.");
    }

    /** 40197: the service failed while it processed the request; severity 20 ends the connection. */
    public static SqlError serviceError() {
        return new SqlError(40197, 1, 20, "The service has encountered an error processing your request. "
                + "Please try again. Error code 40020.");
    }

    /** 10928: too many workers of the database are busy. */
    public static SqlError workersExhausted() {
        return new SqlError(10928, 1, 16, "Resource ID : 1. The request limit for the database is 30 and has been "
                + "reached.");
    }

    /** 40544: the database is full. */
    public static SqlError databaseFull() {
        return new SqlError(40544, 1, 17, "The database has reached its size quota. Partition or delete data.");
    }

    /** 40615: the firewall rejects the client. */
    public static SqlError firewall() {
        return new SqlError(40615, 1, 14, "Cannot open server 'testkit' requested by the login. Client with IP address "
                + "'127.0.0.1' is not allowed to access the server.");
    }

    /** 1205: chosen as the victim of a deadlock. */
    public static SqlError deadlock() {
        return new SqlError(1205, 51, 13, "Transaction (Process ID 51) was deadlocked on lock resources with another "
                + "process and has been chosen as the deadlock victim. Rerun the transaction.");
    }
}
