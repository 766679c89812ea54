/** Time as a dependency: {@link java.time.Clock} for reading it, {@link io.tokensync.common.time.Sleeper} for spending it. */
package io.tokensync.common.time;
