/** {@code replay}: lets a stopped group read a topic again. Applying records twice changes nothing, so it is always safe. */
package io.tokensync.cli.replay;
