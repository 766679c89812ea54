/**
 * What goes wrong, when, and what happened: the script a test writes before, and the record it questions afterwards.
 */
package io.tokensync.tds.faults;
