/** The report of one session, with the names that the users of the earlier tool know. */
package io.tokensync.monitor.report;
