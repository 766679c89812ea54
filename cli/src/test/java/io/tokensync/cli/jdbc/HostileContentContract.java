package io.tokensync.cli.jdbc;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.tokensync.common.config.Settings;
import io.tokensync.common.jdbc.SqlSettings;
import io.tokensync.common.kafka.KafkaSettings;
import io.tokensync.common.kafka.loop.PollLoopConfig;
import io.tokensync.common.model.Change;
import io.tokensync.common.model.Content;
import io.tokensync.common.model.IpfsBlock;
import io.tokensync.common.model.Provenance;
import io.tokensync.common.model.TokenKey;
import io.tokensync.common.model.TokenKind;
import io.tokensync.common.model.TokenRecord;
import io.tokensync.common.model.TokenRow;
import io.tokensync.common.serde.TokenRecordSerde;
import io.tokensync.enricher.EnricherApp;
import io.tokensync.enricher.EnricherConfig;
import io.tokensync.ipfs.Cid;
import io.tokensync.ipfs.UnixFs;
import io.tokensync.testkit.ipfs.NodeAnswer;
import io.tokensync.testkit.ipfs.ScriptedIpfsNode;
import io.tokensync.testkit.kafka.EmbeddedKafkaExtension;
import io.tokensync.writer.WriterApp;
import io.tokensync.writer.WriterConfig;
import io.tokensync.writer.jdbc.Database;
import io.tokensync.writer.schema.Schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Content that somebody between the node and the table may be tempted to change arrives in the table as it was. */
abstract class HostileContentContract {
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(60);
    private static final Instant TIME = Instant.parse("2026-01-02T03:04:05Z");
    private static final List<String> TEXTS = List.of("", " ", "\n", " leading and trailing \t\r\n",
            "<script>alert('x')</script><!-- &amp; ]]>", "'; DROP TABLE dbo.TokenRecords; --", "' OR 1=1 --\\",
            "\u0000", "a\u0000b", "\u0001\u0008\u000b\u001b[31m\u007f\u0085\u009f", "\uD83D\uDCA3 \uD83C\uDFFD\u200D",
            "\uDBFF\uDFFF\uFFFF\uFFFE", "\uFEFFbom", "\uFFFD", "\u2028\u2029", "e\u0301 \u00E9 \u0130\u0131",
            "\u202Etxt.exe", "{\"ipfs_data\":\"\\u0000\"}", "=cmd|' /C calc'!A0", "%s%n${jndi:ldap://x}",
            "?:@p0 {d '1'}",
            "\u0000".repeat(50_000), "\uD83D\uDCA3".repeat(25_000));
    /** Lone surrogates as some write them, a cut character, an overlong one, bytes of another encoding. */
    private static final List<String> NO_TEXTS = List.of("eda080", "61edb2a3", "f09f92", "c080", "ff", "e9");

    @RegisterExtension
    static final EmbeddedKafkaExtension KAFKA = new EmbeddedKafkaExtension();

    private final ScriptedIpfsNode node = ScriptedIpfsNode.start();
    private final String scanned = KAFKA.createTopic("scanned", 2);
    private final String enriched = KAFKA.createTopic("enriched", 2);
    private final String dead = KAFKA.createTopic("dead", 1);
    private final Map<String, String> expected = new HashMap<>();
    private final List<TokenRecord> records = new ArrayList<>();

    abstract SqlSettings settings();

    @AfterEach
    void closeNode() {
        node.close();
    }

    @Test
    void hostileContentArrivesAsItWas() throws Exception {
        TEXTS.forEach(text -> content(text.getBytes(StandardCharsets.UTF_8), text));
        NO_TEXTS.forEach(hex -> {
            byte[] bytes = HexFormat.of().parseHex(hex);
            content(bytes, Base64.getEncoder().encodeToString(bytes));
        });
        try (Database database = Database.open(settings(), 1)) {
            new Schema(database).migrate();
            KAFKA.produce(records.stream().map(record -> new ProducerRecord<>(scanned, record.key().toRecordKey(),
                    TokenRecordSerde.write(record))).toList());
            try (EnricherApp enricher = enricher(); WriterApp writer = writer()) {
                enricher.start();
                writer.start();
                await().atMost(LONGEST_WAIT).until(() -> table(database).size() == records.size());
            }
            assertThat(table(database)).isEqualTo(expected);
            assertThat(KAFKA.readCommitted(dead)).isEmpty();
        }
    }

    /** Half of it comes with the row, the other half from the node. */
    private void content(byte[] content, String inTheTable) {
        Cid cid = Cid.v0Of(content);
        byte[] block = UnixFs.encode(content);
        boolean attached = records.size() % 2 == 0;
        node.on(cid.toString(), NodeAnswer.bytes(block));
        expected.put(cid.toString(), inTheTable);
        TokenRow row = new TokenRow("did", "0", "1.0", null, TokenKind.WHOLE, TIME, TIME, "", "", List.of());
        records.add(new TokenRecord(new TokenKey("192.0.2.1", "node1", cid.toString()), 1,
                new Provenance("5c4f7a2e-0000-4000-8000-000000000001", "/nodes/node1/Rubix/rubix.db", null, TIME),
                new Change.Upsert(row), Content.absent(), attached ? new IpfsBlock(block) : null));
    }

    private EnricherApp enricher() {
        Settings settings = Settings.of(Map.of("kafka.bootstrap-servers", KAFKA.bootstrapServers(), "enricher.group",
                KAFKA.name("enricher"), "enricher.wait", "30s", "enricher.kubo.endpoints", List.of(node.address()),
                "topics.scanned.name", scanned, "topics.enriched.name", enriched, "topics.dead-letter.name", dead,
                "topics.content-retry.name", retries()));
        EnricherConfig config = settings.build(() -> EnricherConfig.from(settings)).orElseThrow();
        settings.check();
        return EnricherApp.create(config, new SimpleMeterRegistry(), Clock.systemUTC());
    }

    private static String retries() {
        String name = KAFKA.name("retry");
        for (int step = 1; step <= 5; step++) {
            KAFKA.topics().create(name + "-" + step, 1);
        }
        return name;
    }

    private WriterApp writer() {
        WriterConfig config = WriterConfig.of(KafkaSettings.at(KAFKA.bootstrapServers()), settings())
                .withLoop(PollLoopConfig.of(KAFKA.name("writer"), enriched).withDeadLetterTopic(dead)).withThreads(1);
        return WriterApp.create(config, new SimpleMeterRegistry(), Clock.systemUTC());
    }

    private static Map<String, String> table(Database database) throws Exception {
        Map<String, String> contents = new HashMap<>();
        try (Connection connection = database.dataSource().getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(
                        "SELECT token_id, ipfs_data FROM dbo.TokenRecords WHERE ipfs_fetched = 1")) {
            while (rows.next()) {
                contents.put(rows.getString(1), rows.getString(2));
            }
        }
        return contents;
    }
}
