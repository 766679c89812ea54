package io.tokensync.common.serde;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

import io.tokensync.common.model.Change;
import io.tokensync.common.model.Content;
import io.tokensync.common.model.Provenance;
import io.tokensync.common.model.TokenKind;
import io.tokensync.common.model.TokenRecord;
import io.tokensync.common.model.TokenRow;
import io.tokensync.common.model.TokenTransaction;
import io.tokensync.common.model.TransactionCheck;
import io.tokensync.testkit.property.Gen;
import io.tokensync.testkit.property.Property;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

class TokenRecordSerdeTest {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    @Test
    void everyRecordIsReadAsItWasWritten() {
        Property.forAll(2_000, gen -> {
            TokenRecord record = Records.random(gen);
            assertThat(TokenRecordSerde.read(TokenRecordSerde.write(record))).isEqualTo(record);
        });
    }

    /** A batch of twenty thousand has their texts once. */
    @Test
    void recordsThatAreReadOneAfterTheOtherShareWhatTheyHaveInCommon() throws Exception {
        byte[] json = TokenRecordSerde.write(Records.random(new Gen(1, 10)));
        TokenRecord one = TokenRecordSerde.read(json);
        TokenRecord two = TokenRecordSerde.read(json);
        assertThat(two.provenance()).isSameAs(one.provenance());
        assertThat(two.key().sourceIp()).isSameAs(one.key().sourceIp());
        assertThat(two.key().nodeName()).isSameAs(one.key().nodeName());
    }

    @Test
    void aWriterThatIsKeptWritesWhatANewOneDoes() {
        Property.forAll(200, gen -> {
            RecordWriter kept = new RecordWriter();
            TokenRecord before = Records.random(gen);
            for (int i = 0; i < 10; i++) {
                TokenRecord record = Records.random(gen);
                Provenance from = gen.flag() ? before.provenance() : record.provenance();
                TokenRecord written = new TokenRecord(record.key(), record.recordVersion(), from, record.change(),
                        record.content(), record.ipfsBlock(), record.ipfsApi(), record.essentialOnly());
                assertThat(kept.write(written)).isEqualTo(new RecordWriter().write(written));
                before = written;
            }
        });
    }

    @Test
    void whatIsWrittenIsJsonToAnybodyElse() {
        Property.forAll(300, gen -> {
            TokenRecord record = Records.random(gen);
            ObjectNode tree = (ObjectNode) JSON.readTree(TokenRecordSerde.write(record));
            assertThat(tree.get("token_id").asString()).isEqualTo(record.key().tokenId());
            assertThat(tree.get("record_version").asLong()).isEqualTo(record.recordVersion());
            assertThat(tree.values()).noneMatch(value -> value.isNull());
        });
    }

    @Test
    void fieldsMayComeInAnyOrder() {
        Property.forAll(300, gen -> {
            TokenRecord record = Records.random(gen);
            ObjectNode tree = (ObjectNode) JSON.readTree(TokenRecordSerde.write(record));
            ObjectNode shuffled = JSON.createObjectNode();
            gen.shuffled(List.copyOf(tree.propertyNames())).forEach(name -> shuffled.set(name, tree.get(name)));
            assertThat(TokenRecordSerde.read(JSON.writeValueAsBytes(shuffled))).isEqualTo(record);
        });
    }

    @Test
    void cutRecordsAreUnreadable() {
        byte[] json = TokenRecordSerde.write(Records.fetchedWithNote());
        for (int length = 0; length < json.length; length++) {
            byte[] cut = Arrays.copyOf(json, length);
            assertThatThrownBy(() -> TokenRecordSerde.read(cut)).isInstanceOf(UnreadableRecordException.class);
        }
    }

    @Test
    void changedBytesAreARecordOrUnreadableAndNothingElse() {
        Property.forAll(20_000, gen -> {
            byte[] json = TokenRecordSerde.write(gen.oneOf(Records.withBlock(), Records.part(), Records.fetched(),
                    Records.failed(), Records.withTransaction(), Records.deleted()));
            for (int i = gen.integer(1, 4); i > 0; i--) {
                int changed = gen.flag() ? gen.integer(0, 255) : gen.oneOf('"', '{', '[', '9', '\\');
                json[gen.integer(0, json.length - 1)] = (byte) changed;
            }
            assertReadableOrUnreadable(json);
        });
    }

    @Test
    void bytesByChanceAreUnreadableAndNothingElse() {
        Property.forAll(5_000, gen -> {
            byte[] bytes = new byte[gen.integer(0, 200)];
            for (int i = 0; i < bytes.length; i++) {
                bytes[i] = (byte) gen.integer(0, 255);
            }
            assertReadableOrUnreadable(bytes);
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "null", "42", "\"text\"", "[]", "{}", "{", "{}{}", "{} x", "nul", "\u0000",
            "{\"a\":1}", "{\"record_version\":1e400}", "{\"record_version\":99999999999999999999}",
            "{\"validation_errors\":[", "{\"validation_errors\":[1]}", "{\"ipfs_block\":\"!\"}", "{\"token_id\":{}}"})
    void whatIsNoRecordIsUnreadable(String json) {
        assertThatThrownBy(() -> TokenRecordSerde.read(json.getBytes(UTF_8)))
                .isInstanceOf(UnreadableRecordException.class);
    }

    @Test
    void aTombstoneIsUnreadable() {
        assertThatThrownBy(() -> TokenRecordSerde.read(null)).isInstanceOf(UnreadableRecordException.class);
    }

    @Test
    void deepNestingIsUnreadable() {
        String deep = "[".repeat(1_000_000);
        assertThatThrownBy(() -> TokenRecordSerde.read(("{\"x\":" + deep).getBytes(UTF_8)))
                .isInstanceOf(UnreadableRecordException.class).hasMessageStartingWith("x: ");
    }

    @Test
    void hugeNumbersAreUnreadable() {
        String huge = "9".repeat(100_000);
        assertThatThrownBy(() -> TokenRecordSerde.read(("{\"record_version\":" + huge + "}").getBytes(UTF_8)))
                .isInstanceOf(UnreadableRecordException.class).hasMessageStartingWith("record_version: ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"operation", "source_ip", "node_name", "token_id", "record_version", "session_id",
            "db_path",
            "db_last_modified", "token_kind", "node_generation", "ipfs_data", "ipfs_source", "content_version"})
    void aMissingFieldIsNamed(String field) {
        ObjectNode tree = (ObjectNode) JSON.readTree(TokenRecordSerde.write(Records.fetched()));
        tree.remove(field);
        assertUnreadable(tree, field + ": missing");
        tree.putNull(field);
        assertUnreadable(tree, field + ": missing");
    }

    @Test
    void anIllTypedFieldIsNamed() {
        Map<String, String> wrong = Map.ofEntries(Map.entry("operation", "7"), Map.entry("token_id", "[\"a\"]"),
                Map.entry("record_version", "\"1\""), Map.entry("db_last_modified", "\"2026-13-01T00:00:00Z\""),
                Map.entry("created_at", "\"yesterday\""), Map.entry("updated_at", "\"2026-02-30T00:00:00Z\""),
                Map.entry("validation_errors", "\"text\""), Map.entry("ipfs_fetched", "\"true\""),
                Map.entry("content_version", "1.5"), Map.entry("ipfs_block", "\"%%%\""), Map.entry("did", "true"),
                Map.entry("token_kind", "\"coin\""), Map.entry("node_generation", "\"v0\""),
                Map.entry("transaction_check", "\"VERIFIED\""), Map.entry("transaction_time", "1755500000"));
        wrong.forEach((field, value) -> {
            ObjectNode tree = (ObjectNode) JSON.readTree(TokenRecordSerde.write(Records.fetched()));
            tree.set(field, JSON.readTree(value));
            assertUnreadable(tree, field + ": ");
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"transaction_initiator", "transaction_owner", "transaction_time"})
    void whatATransactionSaysIsUnreadableWithoutWhatItProves(String field) throws UnreadableRecordException {
        ObjectNode tree = (ObjectNode) JSON.readTree(TokenRecordSerde.write(Records.withTransaction()));
        Stream.of("transaction_check", "transaction_initiator", "transaction_owner", "transaction_time")
                .filter(name -> !name.equals(field)).forEach(tree::remove);
        assertUnreadable(tree, "transaction_check: missing");
        tree.remove(field);
        assertThat(((Change.Upsert) read(tree).change()).row().transaction()).isNull();
        tree.put("transaction_check", "missing");
        assertThat(((Change.Upsert) read(tree).change()).row().transaction())
                .isEqualTo(TokenTransaction.unread(TransactionCheck.MISSING));
    }

    @Test
    void aRecordThatTheModelRejectsIsUnreadableWithItsReason() {
        ObjectNode blank = (ObjectNode) JSON.readTree(TokenRecordSerde.write(Records.whole()));
        blank.put("token_id", "  ");
        assertUnreadable(blank, "token_id is blank");
        ObjectNode zero = (ObjectNode) JSON.readTree(TokenRecordSerde.write(Records.whole()));
        zero.put("record_version", 0);
        assertUnreadable(zero, "record_version must be greater than zero");
    }

    @Test
    void theMessageDoesNotQuoteTheRecord() {
        ObjectNode tree = (ObjectNode) JSON.readTree(TokenRecordSerde.write(Records.whole()));
        tree.put("created_at", "CONFIDENTIAL");
        Throwable failure = catchThrowable(() -> TokenRecordSerde.read(JSON.writeValueAsBytes(tree)));
        assertThat(failure).hasNoCause();
        assertThat(failure.toString()).doesNotContain("CONFIDENTIAL");
    }

    @Test
    void contentIsAbsentFailedOrFetched() throws UnreadableRecordException {
        ObjectNode tree = (ObjectNode) JSON.readTree(TokenRecordSerde.write(Records.whole()));
        assertThat(read(tree).content()).isEqualTo(Content.absent());
        tree.put("ipfs_fetched", false).put("content_version", 5);
        assertThat(read(tree).content()).isEqualTo(Content.absent());
        tree.put("ipfs_error", "not_found: nowhere");
        assertThat(read(tree).content()).isEqualTo(new Content.Failed(5, "not_found: nowhere"));
        tree.put("ipfs_fetched", true).put("ipfs_data", "data").put("ipfs_source", "kubo");
        assertThat(read(tree).content()).isEqualTo(new Content.Fetched(5, "data", "kubo", "not_found: nowhere"));
    }

    @Test
    void halfASurrogatePairIsReplacedInsteadOfStoppingTheScan() throws UnreadableRecordException {
        TokenRow row = new TokenRow("a\uD83D", "\uDE00b", "😀", null, TokenKind.WHOLE, null, null, null, null,
                List.of("cut: \uD83D"));
        TokenRecord whole = Records.whole();
        TokenRecord record = new TokenRecord(whole.key(), 1, whole.provenance(), new Change.Upsert(row),
                Content.absent(), null);
        Change.Upsert read = (Change.Upsert) TokenRecordSerde.read(TokenRecordSerde.write(record)).change();
        assertThat(read.row().did()).isEqualTo("a\uFFFD");
        assertThat(read.row().tokenStatus()).isEqualTo("\uFFFDb");
        assertThat(read.row().tokenValue()).isEqualTo("😀");
        assertThat(read.row().validationErrors()).containsExactly("cut: \uFFFD");
    }

    @Test
    void theSchemaVersionIsText() {
        assertThat(new String(TokenRecordSerde.schemaVersionHeader(), StandardCharsets.US_ASCII)).isEqualTo("1");
    }

    private static TokenRecord read(ObjectNode tree) throws UnreadableRecordException {
        return TokenRecordSerde.read(JSON.writeValueAsBytes(tree));
    }

    private static void assertUnreadable(ObjectNode tree, String message) {
        assertThatThrownBy(() -> read(tree)).isInstanceOf(UnreadableRecordException.class)
                .hasMessageStartingWith(message);
    }

    private static void assertReadableOrUnreadable(byte[] bytes) {
        Throwable failure = catchThrowable(() -> TokenRecordSerde.read(bytes));
        if (failure != null) {
            assertThat(failure).isInstanceOf(UnreadableRecordException.class);
        }
    }
}
