/** Processes of the operating system: started, killed, stopped, continued, measured, and never left behind. */
package io.tokensync.chaos.process;
