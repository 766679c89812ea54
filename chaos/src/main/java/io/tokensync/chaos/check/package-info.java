/** What must hold during a run and after it. */
package io.tokensync.chaos.check;
