package io.tokensync.common.serde;

import java.nio.charset.StandardCharsets;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

import io.tokensync.common.session.AgentSeen;
import io.tokensync.common.session.LatestDatabase;
import io.tokensync.common.session.ProcessedDatabase;
import io.tokensync.common.session.SessionSummary;
import io.tokensync.common.session.SyncSession;
import io.tokensync.common.session.Unmatched;

/** An {@link SessionSummary} as a record of {@code sync.sessions}, and back: JSON with names as in SQL. */
public final class SessionSummarySerde {
    private static final JsonMapper JSON = RecordJson.builder().addMixIn(SessionSummary.class, Kinds.class).build();

    private SessionSummarySerde() {}

    /** The kinds by their name in JSON. */
    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
    @JsonSubTypes({@JsonSubTypes.Type(value = SyncSession.class, name = "session"),
            @JsonSubTypes.Type(value = ProcessedDatabase.class, name = "database"),
            @JsonSubTypes.Type(value = LatestDatabase.class, name = "latest_database"),
            @JsonSubTypes.Type(value = AgentSeen.class, name = "agent"),
            @JsonSubTypes.Type(value = Unmatched.class, name = "unmatched")})
    interface Kinds {}

    /** The record key of a session summary. */
    public static byte[] key(SessionSummary summary) {
        return summary.key().getBytes(StandardCharsets.UTF_8);
    }

    public static byte[] write(SessionSummary summary) {
        return JSON.writerFor(SessionSummary.class).writeValueAsBytes(summary);
    }

    /**
     * The session summary in these bytes; unknown fields are ignored.
     *
     * @throws UnreadableRecordException whatever is wrong with them
     */
    public static SessionSummary read(byte[] json) throws UnreadableRecordException {
        try {
            SessionSummary summary = JSON.readValue(json, SessionSummary.class);
            if (summary == null) {
                throw new UnreadableRecordException("not a session summary: null");
            }
            return summary;
        } catch (JacksonException e) {
            throw new UnreadableRecordException("not a session summary: " + e.getClass().getSimpleName());
        }
    }
}
