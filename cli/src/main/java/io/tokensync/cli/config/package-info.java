/** {@code tokensync config}: configuration files to begin with, written from the declarations of the keys. */
package io.tokensync.cli.config;
