/** {@code bench monitor}: the reconciliation, the page in a real browser, and what receipts cost the stages. */
package io.tokensync.bench.monitor;
