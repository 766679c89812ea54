package io.tokensync.tds.protocol;

import java.io.IOException;

import io.tokensync.tds.wire.MessageOutput;

/** A part of an answer (MS-TDS 2.2.7). */
public sealed interface Token permits ColMetadata, Done, EnvChange, FeatureExtAck, LoginAck, MessageToken, ReturnStatus,
        ReturnValue, Row {
    void write(MessageOutput out) throws IOException;
}
