/** The command {@code demo}. */
package io.tokensync.cli.demo;
