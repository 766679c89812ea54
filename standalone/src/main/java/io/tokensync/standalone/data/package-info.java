/**
 * The data directory of {@code local} and {@code demo}: what lies in it, who may see it (its owner alone), and how other
 * commands get at its broker and its database.
 */
package io.tokensync.standalone.data;
