/**
 * What a scan cycle tells people: problems with a path, a reason and an advice; the live counters; and the report at the
 * end.
 */
package io.tokensync.scanner.report;
