/** {@code bench scanner}: the agent beside a plain producer, a plain scan and a writer that is left alone. */
package io.tokensync.bench.scanner;
