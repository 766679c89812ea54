package io.tokensync.tds.server;

import java.io.IOException;
import java.util.Locale;
import java.util.Set;

import io.tokensync.tds.faults.Recording;
import io.tokensync.tds.jdbc.Database;
import io.tokensync.tds.protocol.Answer;
import io.tokensync.tds.protocol.Done;
import io.tokensync.tds.protocol.Encryption;
import io.tokensync.tds.protocol.EnvChange;
import io.tokensync.tds.protocol.FeatureExtAck;
import io.tokensync.tds.protocol.Login;
import io.tokensync.tds.protocol.LoginAck;
import io.tokensync.tds.protocol.MessageToken;
import io.tokensync.tds.protocol.Prelogin;
import io.tokensync.tds.protocol.SqlError;
import io.tokensync.tds.protocol.SqlErrorException;
import io.tokensync.tds.types.Collation;
import io.tokensync.tds.wire.CutException;
import io.tokensync.tds.wire.MessageOutput;
import io.tokensync.tds.wire.Packet;
import io.tokensync.tds.wire.PacketType;

/** PRELOGIN, TLS and LOGIN7 (MS-TDS 3.3.5.1 to 3.3.5.4). */
final class LoginExchange {
    private static final Set<String> DATABASES = Set.of("", "master", Database.NAME);
    private static final int LOGIN_PACKET_SIZE = 4096;

    private final Encryption setting;
    private final Credentials credentials;
    private final Recording recording;
    private final ConnectionFaults faults;

    LoginExchange(Encryption setting, Credentials credentials, Recording recording, ConnectionFaults faults) {
        this.setting = setting;
        this.credentials = credentials;
        this.recording = recording;
        this.faults = faults;
    }

    /** Returns the wire for the session; a login that is rejected ends with {@link CutException}. */
    Wire run(Wire plain) throws IOException {
        Encryption encryption = setting.answer(Prelogin.read(plain.expect(PacketType.PRELOGIN)).encryption());
        Prelogin.answer(plain.out(), encryption);
        Wire tls = encryption == Encryption.NOT_SUPPORTED ? plain : plain.encrypted();
        Login login = Login.read(tls.expect(PacketType.LOGIN7));
        Wire session = encryption == Encryption.OFF ? plain : tls;
        faults.use(session.out());
        try {
            faults.loggingIn();
            check(login);
        } catch (SqlErrorException e) {
            throw rejected(e.error(), session.out());
        } catch (RedirectException e) {
            throw redirected(e, session.out());
        }
        accept(login, session.out());
        return session;
    }

    private void check(Login login) throws SqlErrorException {
        if (!credentials.match(login)) {
            throw new SqlErrorException(new SqlError(18456, 1, 14, "Login failed for user '" + login.user() + "'."));
        }
        if (!DATABASES.contains(login.database().toLowerCase(Locale.ROOT))) {
            throw new SqlErrorException(new SqlError(4060, 1, 11, "Cannot open database \"" + login.database()
                    + "\" requested by the login. The login failed."));
        }
    }

    private CutException rejected(SqlError error, MessageOutput out) throws IOException {
        recording.error(error.number());
        Answer answer = new Answer(out);
        answer.send(MessageToken.error(error));
        answer.send(Done.of(Done.Kind.DONE, Done.ERROR));
        answer.end();
        return new CutException("the login was rejected with " + error.number());
    }

    private static CutException redirected(RedirectException to, MessageOutput out) throws IOException {
        Answer answer = new Answer(out);
        answer.send(new LoginAck());
        answer.send(EnvChange.routing(to.target().host(), to.target().port()));
        answer.end();
        return new CutException("the client was sent to port " + to.target().port());
    }

    private void accept(Login login, MessageOutput out) throws IOException {
        recording.count(Recording.Counted.LOGIN);
        faults.loggedIn();
        int packetSize = Math.clamp(login.packetSize(), Packet.SMALLEST, Packet.LARGEST);
        Answer answer = new Answer(out);
        answer.send(EnvChange.database(Database.NAME, "master"));
        answer.send(MessageToken.info(5701, 2, "Changed database context to '" + Database.NAME + "'."));
        answer.send(EnvChange.collation(Collation.DEFAULT));
        answer.send(EnvChange.language("us_english"));
        answer.send(MessageToken.info(5703, 1, "Changed language setting to us_english."));
        answer.send(new LoginAck());
        answer.send(EnvChange.packetSize(packetSize, LOGIN_PACKET_SIZE));
        if (login.features().contains(FeatureExtAck.UTF8_SUPPORT)) {
            answer.send(new FeatureExtAck());
        }
        answer.end();
        out.packetSize(packetSize);
    }
}
