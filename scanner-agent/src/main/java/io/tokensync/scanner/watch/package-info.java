/** What may hang, such as a file on a mount that is gone, is done on threads that can be left behind. */
package io.tokensync.scanner.watch;
