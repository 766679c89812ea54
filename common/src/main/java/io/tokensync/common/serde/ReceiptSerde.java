package io.tokensync.common.serde;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.json.JsonMapper;

import io.tokensync.common.receipt.Receipt;
import io.tokensync.common.receipt.ReceiptCheck;

/** A {@link Receipt} as a record of {@code sync.receipts}, and back. */
public final class ReceiptSerde {
    /** The version of the JSON's shape that {@link #write} writes; see {@link TokenRecordSerde#SCHEMA_VERSION_HEADER}. */
    public static final int SCHEMA_VERSION = 1;

    private static final Logger log = LoggerFactory.getLogger(ReceiptSerde.class);
    private static final JsonMapper JSON = RecordJson.builder().addMixIn(Receipt.class, Kinds.class).build();
    private static final ObjectWriter WRITER = JSON.writerFor(Receipt.class);
    private static final ObjectReader READER = JSON.readerFor(Receipt.class);

    private ReceiptSerde() {}

    /** The kinds by their name in JSON. */
    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
    @JsonSubTypes({@JsonSubTypes.Type(value = Receipt.ScanCycleStarted.class, name = "cycle_started"),
            @JsonSubTypes.Type(value = Receipt.DatabaseScanned.class, name = "database_scanned"),
            @JsonSubTypes.Type(value = Receipt.DatabaseGone.class, name = "database_gone"),
            @JsonSubTypes.Type(value = Receipt.ScanCycleEnded.class, name = "cycle_ended"),
            @JsonSubTypes.Type(value = Receipt.Enriched.class, name = "enriched"),
            @JsonSubTypes.Type(value = Receipt.Written.class, name = "written"),
            @JsonSubTypes.Type(value = Receipt.Unread.class, name = "unread"),
            @JsonSubTypes.Type(value = Receipt.DeadLettered.class, name = "dead_lettered")})
    interface Kinds {}

    /** The record for the topic of this name. */
    public static ProducerRecord<byte[], byte[]> toRecord(String topic, Receipt receipt) {
        ProducerRecord<byte[], byte[]> record = new ProducerRecord<>(topic,
                receipt.sourceIp().getBytes(StandardCharsets.UTF_8), write(receipt));
        record.headers().add(TokenRecordSerde.SCHEMA_VERSION_HEADER,
                Integer.toString(SCHEMA_VERSION).getBytes(StandardCharsets.US_ASCII));
        return record;
    }

    /** The records of those of the receipts that {@linkplain #fitting fit}. */
    public static List<ProducerRecord<byte[], byte[]>> toRecords(String topic, List<Receipt> receipts) {
        return fitting(receipts).stream().map(receipt -> toRecord(topic, receipt)).toList();
    }

    /**
     * Those of the receipts that can be. A record of a row, or a directory of a node, may say anything of its session and
     * database; what its receipt cannot say is left out, so that accounting never stops a row.
     */
    public static List<Receipt> fitting(List<Receipt> receipts) {
        List<Receipt> fitting = new ArrayList<>(receipts.size());
        for (Receipt receipt : receipts) {
            ReceiptCheck.problem(receipt).ifPresentOrElse(
                    problem -> log.atWarn().setMessage("receipt left out").addKeyValue("why", problem).log(),
                    () -> fitting.add(receipt));
        }
        return fitting;
    }

    public static byte[] write(Receipt receipt) {
        return WRITER.writeValueAsBytes(receipt);
    }

    /**
     * The receipt in these bytes; unknown fields are ignored.
     *
     * @throws UnreadableRecordException whatever is wrong with them
     */
    public static Receipt read(byte[] json) throws UnreadableRecordException {
        if (json == null) {
            throw new UnreadableRecordException("the receipt has no value");
        }
        try {
            Receipt receipt = READER.readValue(json);
            if (receipt == null) {
                throw new UnreadableRecordException("not a receipt: null");
            }
            return receipt;
        } catch (JacksonException e) {
            throw new UnreadableRecordException("not a receipt: " + e.getClass().getSimpleName());
        }
    }
}
