/** The embedded database of a data directory: its logins, and copies of it for whoever asks while it is being written. */
package io.tokensync.standalone.data.jdbc;
