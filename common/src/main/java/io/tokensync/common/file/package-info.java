/** Files that others may have put where they are read. */
package io.tokensync.common.file;
