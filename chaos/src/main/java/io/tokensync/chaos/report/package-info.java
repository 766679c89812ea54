/** What happened, as a table and as JSON. */
package io.tokensync.chaos.report;
