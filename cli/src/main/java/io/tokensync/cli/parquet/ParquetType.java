package io.tokensync.cli.parquet;

import org.apache.parquet.format.ConvertedType;
import org.apache.parquet.format.FieldRepetitionType;
import org.apache.parquet.format.LogicalType;
import org.apache.parquet.format.NanoSeconds;
import org.apache.parquet.format.SchemaElement;
import org.apache.parquet.format.StringType;
import org.apache.parquet.format.TimeUnit;
import org.apache.parquet.format.TimestampType;
import org.apache.parquet.format.Type;

/** What the values of a column are, and what a value is given as. Any may be null. */
public enum ParquetType {
    /** A {@link Long}. */
    INTEGER(Type.INT64),
    /** A {@link Double}. */
    NUMBER(Type.DOUBLE),
    /** A {@link Boolean}. */
    TRUTH(Type.BOOLEAN),
    /** A time as {@link Long}: nanoseconds since the beginning of 1970, UTC. */
    TIME(Type.INT64),
    /** A {@link String}. */
    TEXT(Type.BYTE_ARRAY);

    private final Type physical;

    ParquetType(Type physical) {
        this.physical = physical;
    }

    Type physical() {
        return physical;
    }

    SchemaElement element(String name) {
        SchemaElement element = new SchemaElement(name).setType(physical)
                .setRepetition_type(FieldRepetitionType.OPTIONAL);
        return switch (this) {
            case TEXT -> element.setConverted_type(ConvertedType.UTF8)
                    .setLogicalType(LogicalType.STRING(new StringType()));
            // there is no older name of nanoseconds
            case TIME -> element.setLogicalType(
                    LogicalType.TIMESTAMP(new TimestampType(true, TimeUnit.NANOS(new NanoSeconds()))));
            case INTEGER, NUMBER, TRUTH -> element;
        };
    }
}
