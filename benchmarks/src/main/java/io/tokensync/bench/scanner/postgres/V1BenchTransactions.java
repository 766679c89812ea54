package io.tokensync.bench.scanner.postgres;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

import io.tokensync.common.model.TokenKind;
import io.tokensync.simulator.chain.ChainToken;
import io.tokensync.simulator.chain.NodeKeys;
import io.tokensync.simulator.chain.SigningKey;
import io.tokensync.simulator.chain.V1Chain;
import io.tokensync.simulator.chain.V1Transaction;
import io.tokensync.simulator.content.Mint;

/** Mints of many tokens each, one signature for all of them. */
final class V1BenchTransactions {
    /** Tokens of one transaction. */
    static final int TOKENS = 1_000;
    private static final int LEVEL = 4_000_000;
    private static final Instant FIRST = Instant.parse("2026-01-01T00:00:00Z");

    private final Mint mint = new Mint(1);
    private final NodeKeys keys = NodeKeys.of(mint, 1, 0);
    private final V1Chain chain = new V1Chain(keys, "mainnet", false);

    /**
     * @param dids directory for the public keys
     */
    V1BenchTransactions(Path dids) throws IOException {
        keys.write(Files.createDirectories(dids), false);
    }

    /** Makes the table of the transactions, and one, {@code minted}, that says which one has made which thousand tokens. */
    void fill(Connection connection, int tokens) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE transactions (id TEXT PRIMARY KEY, info JSON NOT NULL,"
                    + " signature JSONB NOT NULL, created_at TIMESTAMPTZ DEFAULT now(),"
                    + " updated_at TIMESTAMPTZ DEFAULT now())");
            statement.execute("CREATE TABLE minted (number INT PRIMARY KEY, id TEXT NOT NULL, did TEXT NOT NULL)");
        }
        List<String> minted = new ArrayList<>();
        CopyIn copy = copy(connection, "transactions (id, info, signature)");
        for (int number = 0; number <= tokens / TOKENS; number++) {
            SigningKey key = keys.own(number);
            V1Transaction made = chain.transaction(new V1Chain.Deed(key, key.did(), FIRST.plusSeconds(number),
                    tokens(number, tokens)), mint.dice("bench", number));
            write(copy, made.id(), made.info(), made.signature());
            minted.add(number + "\t" + made.id() + '\t' + key.did());
        }
        copy.endCopy();
        CopyIn numbers = copy(connection, "minted");
        for (String line : minted) {
            write(numbers, line);
        }
        numbers.endCopy();
    }

    private static List<ChainToken> tokens(int transaction, int all) {
        int first = transaction * TOKENS;
        return IntStream.range(Math.max(1, first), Math.min(all + 1, first + TOKENS))
                .mapToObj(n -> new ChainToken(1 + n / LEVEL + "_" + n % LEVEL, TokenKind.WHOLE, BigDecimal.ONE, ""))
                .toList();
    }

    private static CopyIn copy(Connection connection, String table) throws SQLException {
        return connection.unwrap(PGConnection.class).getCopyAPI().copyIn("COPY " + table + " FROM STDIN");
    }

    /** A line of values, none of which has a character that COPY would take for its own. */
    private static void write(CopyIn copy, String... values) throws SQLException {
        byte[] line = (String.join("\t", values) + '\n').getBytes(StandardCharsets.UTF_8);
        copy.writeToCopy(line, 0, line.length);
    }
}
