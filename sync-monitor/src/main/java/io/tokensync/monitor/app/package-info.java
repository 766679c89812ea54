/**
 * What people see of the monitor while it runs: the status page, the audit and the alerts, with the watches behind them.
 * The reconciliation does not need any of it, and none of it can disturb the pipeline.
 */
package io.tokensync.monitor.app;
