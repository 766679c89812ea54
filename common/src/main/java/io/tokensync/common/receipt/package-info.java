/**
 * What the stages say they did, batch by batch. A receipt names the records that it counts by their versions, which the
 * agent hands out once: whoever adds receipts up adds sets, so that a record that comes twice counts once.
 */
package io.tokensync.common.receipt;
