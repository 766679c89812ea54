/** Faults that begin and end. */
package io.tokensync.chaos.fault;
