package io.tokensync.cli.parquet;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

import org.apache.parquet.format.ColumnChunk;
import org.apache.parquet.format.FileMetaData;
import org.apache.parquet.format.RowGroup;
import org.apache.parquet.format.SchemaElement;
import org.apache.parquet.format.Util;

/**
 * A Parquet file, written from its first byte to its last: columns side by side that may all be null, PLAIN, in pages of version 1
 * that are compressed with GZIP. Rows are in memory until they are 8 MB, compressed. It is a file once it is completed.
 */
public final class ParquetFile {
    /** Kept bytes after which a group is written. */
    private static final long GROUP_BYTES = 8L << 20;

    private static final long GROUP_ROWS = 100_000;
    private static final byte[] MAGIC = "PAR1".getBytes(StandardCharsets.US_ASCII);

    private final OutputStream out;
    private final List<ParquetColumn> columns;
    private final List<RowGroup> groups = new ArrayList<>();
    private List<ColumnPages> pages;
    private long position;
    private long rows;
    private long rowsOfGroup;

    /**
     * Begins one.
     *
     * @param out is not closed by this
     * @throws IOException when it cannot be written to
     */
    public ParquetFile(OutputStream out, List<ParquetColumn> columns) throws IOException {
        this.out = out;
        this.columns = List.copyOf(columns);
        begin();
        out.write(MAGIC);
        position = MAGIC.length;
    }

    /**
     * Adds a row.
     *
     * @param values of the columns in order, each as its type says, or null
     * @throws IOException when it cannot be written
     */
    public void add(List<?> values) throws IOException {
        long kept = 0;
        for (int column = 0; column < columns.size(); column++) {
            ColumnPages of = pages.get(column);
            of.add(values.get(column));
            kept += of.size();
        }
        rowsOfGroup++;
        if (kept >= GROUP_BYTES || rowsOfGroup >= GROUP_ROWS) {
            endGroup();
        }
    }

    /**
     * Writes what is left, and the footer.
     *
     * @throws IOException when it cannot be written
     */
    public void complete() throws IOException {
        endGroup();
        List<SchemaElement> schema = new ArrayList<>();
        schema.add(new SchemaElement("row").setNum_children(columns.size()));
        columns.forEach(column -> schema.add(column.type().element(column.name())));
        ByteArrayOutputStream footer = new ByteArrayOutputStream();
        Util.writeFileMetaData(new FileMetaData(1, schema, rows, groups).setCreated_by("tokensync"), footer);
        footer.writeTo(out);
        out.write(ByteBuffer.allocate(Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN).putInt(footer.size()).array());
        out.write(MAGIC);
    }

    private void begin() {
        pages = columns.stream().map(ColumnPages::new).toList();
        rowsOfGroup = 0;
    }

    private void endGroup() throws IOException {
        if (rowsOfGroup == 0) {
            return;
        }
        List<ColumnChunk> chunks = new ArrayList<>();
        long start = position;
        long uncompressed = 0;
        for (ColumnPages of : pages) {
            ColumnChunk chunk = of.writeTo(out, position);
            chunks.add(chunk);
            position += chunk.getMeta_data().getTotal_compressed_size();
            uncompressed += chunk.getMeta_data().getTotal_uncompressed_size();
        }
        groups.add(new RowGroup(chunks, uncompressed, rowsOfGroup).setFile_offset(start)
                .setTotal_compressed_size(position - start));
        rows += rowsOfGroup;
        begin();
    }
}
