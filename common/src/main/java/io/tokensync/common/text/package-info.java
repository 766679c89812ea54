/** Texts for programs that people open files with: lines of CSV. */
package io.tokensync.common.text;
