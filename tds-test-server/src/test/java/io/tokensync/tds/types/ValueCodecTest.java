package io.tokensync.tds.types;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;

import org.junit.jupiter.api.Test;

import io.tokensync.tds.wire.MessageInput;
import io.tokensync.tds.wire.MessageOutput;
import io.tokensync.tds.wire.Packet;
import io.tokensync.testkit.property.Gen;
import io.tokensync.testkit.property.Property;

import static org.assertj.core.api.Assertions.assertThat;

class ValueCodecTest {
    private static final int RUNS = 2_000;
    private static final long NANOS_PER_DAY = 86_400_000_000_000L;

    private record Typed(TypeInfo type, Object value) {}

    @Test
    void whatIsWrittenIsReadAgain() {
        Property.forAll(RUNS, gen -> {
            List<Typed> values = gen.list(12, ValueCodecTest::typed);
            MessageInput in = sent(values, gen.integer(Packet.SMALLEST, Packet.LARGEST));
            for (Typed value : values) {
                TypeInfo type = TypeInfo.read(in);
                assertThat(type).isEqualTo(value.type());
                assertThat(ValueReader.read(type, in)).isEqualTo(value.value());
            }
            assertThat(in.atEnd()).isTrue();
        });
    }

    private static MessageInput sent(List<Typed> values, int packetSize) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        MessageOutput out = new MessageOutput(bytes);
        out.packetSize(packetSize);
        for (Typed value : values) {
            value.type().write(out);
            ValueWriter.write(value.type(), value.value(), out);
        }
        out.endMessage();
        InputStream in = new ByteArrayInputStream(bytes.toByteArray());
        return new MessageInput(Packet.read(in), () -> Packet.read(in));
    }

    private static Typed typed(Gen gen) {
        Typed typed = present(gen);
        return gen.percent(15) ? new Typed(typed.type(), null) : typed;
    }

    private static Typed present(Gen gen) {
        int scale = gen.integer(0, 7);
        return switch (gen.integer(0, 12)) {
            case 0 -> new Typed(TypeInfo.sized(DataType.INTN, 8), gen.number());
            case 1 -> new Typed(TypeInfo.sized(DataType.INTN, 1), (long) gen.integer(0, 255));
            case 2 -> new Typed(TypeInfo.of(DataType.BITN), gen.flag());
            case 3 -> new Typed(TypeInfo.of(DataType.FLOATN), Double.longBitsToDouble(gen.number() & Long.MAX_VALUE));
            case 4 -> new Typed(TypeInfo.decimal(38, scale), decimal(gen, scale));
            case 5 ->
                new Typed(TypeInfo.text(DataType.NVARCHAR, 8000, Collation.DEFAULT), gen.text("aä中\uD83D\uDE00", 900));
            case 6 -> new Typed(TypeInfo.text(DataType.NVARCHAR, TypeInfo.MAX, Collation.BINARY),
                    gen.text("aä中", 90).repeat(900));
            case 7 -> new Typed(TypeInfo.text(DataType.VARCHAR, 8000, Collation.DEFAULT), gen.text("aä€", 2000));
            case 8 -> new Typed(TypeInfo.of(DataType.GUID), new UUID(gen.number(), gen.number()));
            case 9 -> new Typed(TypeInfo.of(DataType.DATEN), date(gen));
            case 10 -> new Typed(TypeInfo.scaled(DataType.TIMEN, scale), time(gen, scale));
            case 11 -> new Typed(TypeInfo.scaled(DataType.DATETIME2N, scale), date(gen).atTime(time(gen, scale)));
            default -> new Typed(TypeInfo.scaled(DataType.DATETIMEOFFSETN, scale), offset(gen, scale));
        };
    }

    private static BigDecimal decimal(Gen gen, int scale) {
        return new BigDecimal(BigInteger.valueOf(gen.number()).multiply(BigInteger.valueOf(gen.number(1, 1L << 60))),
                scale);
    }

    private static LocalDate date(Gen gen) {
        return LocalDate.of(1, 1, 3).plusDays(gen.number(0, 3_652_000));
    }

    private static LocalTime time(Gen gen, int scale) {
        long unit = Times.unit(scale);
        return LocalTime.ofNanoOfDay(gen.number(0, NANOS_PER_DAY / unit - 1) * unit);
    }

    private static OffsetDateTime offset(Gen gen, int scale) {
        return date(gen).atTime(time(gen, scale)).atOffset(ZoneOffset.ofTotalSeconds(60 * gen.integer(-840, 840)));
    }
}
