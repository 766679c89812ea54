package io.tokensync.tds.types;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

import io.tokensync.tds.wire.MessageInput;
import io.tokensync.tds.wire.MessageOutput;

/**
 * How text is compared and, for VARCHAR, encoded (MS-TDS 2.2.5.1.2).
 *
 * @param info locale, comparison flags and version
 * @param sortId the number of an old SQL collation, else 0
 */
public record Collation(int info, int sortId) {
    /** SQL_Latin1_General_CP1_CI_AS, the default of SQL Server and of Azure SQL. */
    public static final Collation DEFAULT = new Collation(0x00D0_0409, 52);
    /** Latin1_General_100_BIN2: by code point, so that case matters. */
    public static final Collation BINARY = new Collation(0x2200_0409, 0);
    /** Latin1_General_100_BIN2_UTF8. */
    public static final Collation BINARY_UTF8 = new Collation(0x2600_0409, 0);

    private static final int UTF8 = 0x0400_0000;
    private static final Charset LATIN1 = Charset.forName("windows-1252");

    /** The collation of this name, or the default one where the name is null; only these three are known. */
    public static Collation named(String name) {
        if (name == null) {
            return DEFAULT;
        }
        String upper = name.toUpperCase(Locale.ROOT);
        if (!upper.contains("_BIN2")) {
            return DEFAULT;
        }
        return upper.endsWith("_UTF8") ? BINARY_UTF8 : BINARY;
    }

    /** The encoding of VARCHAR under this collation. */
    public Charset charset() {
        return (info & UTF8) != 0 ? StandardCharsets.UTF_8 : LATIN1;
    }

    static Collation read(MessageInput in) throws IOException {
        return new Collation(in.readInt(), in.readByte());
    }

    /** Writes the five bytes. */
    public void write(MessageOutput out) throws IOException {
        out.writeInt(info);
        out.writeByte(sortId);
    }
}
