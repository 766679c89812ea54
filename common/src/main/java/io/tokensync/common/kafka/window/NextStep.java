package io.tokensync.common.kafka.window;

import java.util.List;

/** What the worker does next. */
public sealed interface NextStep {
    /** Give the batch to the handler. */
    record Begin(Batch batch) implements NextStep {}

    /** Commit the batches, which the handler is done with, together; or drop them. In order, at least one. */
    record Finish(List<Batch> batches) implements NextStep {}

    /** Nothing any more. */
    record End() implements NextStep {}
}
